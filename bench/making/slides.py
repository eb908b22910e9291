"""Slides (.pptx)."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from bench.making.packages import OFFICE, package


def pptx(slides: Sequence[Sequence[str]]) -> bytes:
    """Slides whose parts are numbered the other way round than they are shown."""
    a, pml = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/presentationml/2006/main",
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r" Type="{OFFICE}/officeDocument"'
        ' Target="ppt/presentation.xml"/></Relationships>',
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{pml}" xmlns:r="{OFFICE}"><p:sldIdLst>'
        + "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in range(len(slides)))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{rels}">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/slide" Target="slides/slide{9 - n}.xml"/>'
            for n in range(len(slides))
        )
        + "</Relationships>",
    }
    for n, lines in enumerate(slides):
        told = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
        parts[f"ppt/slides/slide{9 - n}.xml"] = (
            f'<p:sld xmlns:p="{pml}" xmlns:a="{a}"><p:txBody>{told}</p:txBody></p:sld>'
        )
    return package(parts)
