"""False alarms of proof-reading: strangers' .docx files and official texts laid out by us, counted and judged by hand.

`JUANZONG_SHARED` names the folder with `samples/` and `corpus/` (default `../shared`). Verdicts of a careful reader on the
findings stand in `bench/alarms.csv` (file, paragraph, rule, verdict); what is not there has not been read yet.
`python -m bench alarms` prints the rate; `JUANZONG_READ=1` also every finding without a verdict.
"""

from __future__ import annotations

import csv
import json
import lzma
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from generators.marking.markup import parse
from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.proofing.checking import check
from generators.proofing.rulebook import load_rules
from generators.reading.reading import read_docx
from model.errors import JuanzongError
from model.findings import Finding
from model.proofing import ProofDocument, Role

_VERDICTS = Path(__file__).with_suffix(".csv")
_SEED, _EACH = 2, 100


def main() -> None:
    """Print, for each of the two sets, paragraphs, findings, and those that a careful reader called wrong."""
    shared = Path(os.environ.get("JUANZONG_SHARED", "../shared"))
    if not shared.is_dir():
        print(f"{shared} is not there: set JUANZONG_SHARED")
        return
    with _VERDICTS.open(encoding="utf-8") as file:
        verdicts = {(row["file"], row["paragraph"], row["rule"]): row["verdict"] for row in csv.DictReader(file)}
    for name, documents in (("samples (.docx)", _samples(shared)), ("corpus, laid out", _corpus(shared))):
        _count(name, documents, verdicts)


def _count(name: str, documents: Iterator[ProofDocument], verdicts: dict[tuple[str, str, str], str]) -> None:
    rules = load_rules()
    told, rate = Counter[str](), Counter[str]()
    files = paragraphs = 0
    for document in documents:
        files += 1
        paragraphs += sum(
            bool(p.text.strip()) and p.role not in (Role.HEADER, Role.FOOTER) for p in document.paragraphs
        )
        for finding in check(document, rules):
            verdict = verdicts.get((document.file, str(finding.paragraph or 0), finding.rule), "")
            told[finding.rule] += 1
            rate[verdict] += 1
            if not verdict and os.environ.get("JUANZONG_READ"):
                _show(document, finding)
    every = sum(rate.values())
    print(
        f"{name}: {files} files, {paragraphs} paragraphs, {every} findings ({every / paragraphs * 100:.1f} in 100 paragraphs)"
    )
    wrong = rate["wrong"]
    print(
        f"  wrong {wrong} ({wrong / paragraphs * 100:.2f} in 100 paragraphs), right {rate['right']}, not read {rate['']}"
    )
    print("  " + "  ".join(f"{rule} {count}" for rule, count in told.most_common()))


def _show(document: ProofDocument, finding: Finding) -> None:
    text = document.paragraph(finding.paragraph).text if finding.paragraph else ""
    print(
        f"{document.file}\t{finding.paragraph or 0}\t{finding.rule}\t{finding.message}\t{finding.excerpt or ''}\t{text[:60]}"
    )


def _samples(shared: Path) -> Iterator[ProofDocument]:
    for path in sorted((shared / "samples").glob("*.docx")):
        try:
            yield read_docx(path.read_bytes(), path.name)
        except JuanzongError:
            continue  # a hostile file, refused


def _corpus(shared: Path) -> Iterator[ProofDocument]:
    """A hundred laws and a hundred news texts, as somebody pastes and typesets them."""
    layout = load_layout()
    with lzma.open(shared / "corpus" / "c10k.jsonl.xz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    draw = random.Random(_SEED)
    for kind in ("law", "news"):
        for text in draw.sample([each for each in texts if each["kind"] == kind], _EACH):
            body = re.sub(r"\n*\[查看原文\].*", "", text["body"], flags=re.DOTALL)
            lines = (re.sub(r"([\\*#|{<>])", r"\\\1", line.strip()) for line in body.split("\n") if line.strip())
            told = f"---\n标题: {json.dumps(text['title'], ensure_ascii=False)}\n---\n\n" + "\n\n".join(lines)
            document, _ = parse(told)
            yield read_docx(write(document, layout), f"c10k-{text['id']}")
