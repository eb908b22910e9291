"""Files of every format made from known words, and hostile ones, a file per format; benchmarks and tests read the same."""

from bench.making.attacks import hostile
from bench.making.mails import mail
from bench.making.ofds import ofd
from bench.making.packages import OFFICE, package, zipped
from bench.making.pdfs import assembled, pdf, stream
from bench.making.slides import pptx
from bench.making.spreadsheets import xls, xlsx
from bench.making.wordprocessing import BUREAU_WORDS, bureau_docx, flat_docx, p, table, word
from bench.making.words import BODY, ROWS, TITLE, han, recall, wrapped

__all__ = [
    "BODY",
    "BUREAU_WORDS",
    "OFFICE",
    "ROWS",
    "TITLE",
    "assembled",
    "bureau_docx",
    "flat_docx",
    "han",
    "hostile",
    "mail",
    "ofd",
    "p",
    "package",
    "pdf",
    "pptx",
    "recall",
    "stream",
    "table",
    "word",
    "wrapped",
    "xls",
    "xlsx",
    "zipped",
]
