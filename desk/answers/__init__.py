"""What errands answer with, a file per trade; the exit code is on the class (docs/manual.md lists the keys)."""

from desk.answers.base import Answer, Failure, error_json, to_json
from desk.answers.cataloguing import Boxed, Printed
from desk.answers.drafting import Drafted, DraftedPaper, ExplainedLine, FieldLine, FieldsListed, PaperExplained
from desk.answers.filing import Duplicate, Fetched, Filed, FiledPaper, RecordLine, Records, RecordShown, RefusedFile
from desk.answers.finding import Asked, Found, IndexState, Like, ProblemStory, Question, Questions, Suggested
from desk.answers.inspecting import Packed, PackVerified, Ready
from desk.answers.keeping import Mended, Mirrored, Rebuilt, Repaired, Verified
from desk.answers.overseeing import Demonstrated, DueLine, Examined, Status
from desk.answers.planning import CampaignAdded, CampaignLine, Campaigns, CampaignShown, Checked, OfficeMade, Recovered
from desk.answers.rectifying import (
    ChangeLine,
    FigureLine,
    LedgerExported,
    LedgerImported,
    LedgerReport,
    ProblemLine,
    Problems,
    ProblemShown,
    Stepped,
)
from desk.answers.registering import BookWritten, Issued, Received, Registered

__all__ = [
    "Answer",
    "Asked",
    "BookWritten",
    "Boxed",
    "CampaignAdded",
    "CampaignLine",
    "CampaignShown",
    "Campaigns",
    "ChangeLine",
    "Checked",
    "Demonstrated",
    "Drafted",
    "DraftedPaper",
    "DueLine",
    "Duplicate",
    "Examined",
    "ExplainedLine",
    "Failure",
    "Fetched",
    "FieldLine",
    "FieldsListed",
    "FigureLine",
    "Filed",
    "FiledPaper",
    "Found",
    "IndexState",
    "Issued",
    "LedgerExported",
    "LedgerImported",
    "LedgerReport",
    "Like",
    "Mended",
    "Mirrored",
    "OfficeMade",
    "PackVerified",
    "Packed",
    "PaperExplained",
    "Printed",
    "ProblemLine",
    "ProblemShown",
    "ProblemStory",
    "Problems",
    "Question",
    "Questions",
    "Ready",
    "Rebuilt",
    "Received",
    "RecordLine",
    "RecordShown",
    "Records",
    "Recovered",
    "RefusedFile",
    "Registered",
    "Repaired",
    "Status",
    "Stepped",
    "Suggested",
    "Verified",
    "error_json",
    "to_json",
]
