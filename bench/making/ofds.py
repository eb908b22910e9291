"""OFD files (GB/T 33190-2016)."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from bench.making.packages import package


def ofd(pages: Sequence[Sequence[str]]) -> bytes:
    """Runs stand from the bottom up and half a line at a time, as real writers leave them; the last page uses a composite."""
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}.xml"/>' for n in range(len(pages)))
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {ns}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {ns}><ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Res.xml": f'<ofd:Res {ns}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="900">'
        '<ofd:Content><ofd:TextObject Boundary="0 0 80 5" Size="5"><ofd:TextCode X="0" Y="5">版记</ofd:TextCode>'
        "</ofd:TextObject></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>",
    }
    for n, lines in enumerate(pages):
        runs = []
        for row, line in enumerate(lines):
            half = len(line) // 2
            for text, x in ((line[half:], 20 + half * 5), (line[:half], 20)):
                if text:
                    runs.append(
                        f'<ofd:TextObject Boundary="{x} {20 + row * 8} 180 6" Size="5"><ofd:TextCode X="0" Y="5"'
                        f' DeltaX="g {max(1, len(text) - 1)} 5">{escape(text)}</ofd:TextCode></ofd:TextObject>'
                    )
        last = '<ofd:CompositeObject Boundary="20 260 100 10" ResourceID="900"/>' if n == len(pages) - 1 else ""
        told = "".join(reversed(runs)) + last
        parts[f"Doc_0/Pages/P{n}.xml"] = (
            f"<ofd:Page {ns}><ofd:Content><ofd:Layer>{told}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return package(parts)
