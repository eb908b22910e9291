"""Things that stand at a fixed place of a page: boxes of text and red bars, anchored to the paper's edges (DrawingML).

Lengths in twips. Word since 2010, WPS and LibreOffice know these shapes.
"""

from __future__ import annotations

_EMU = 635  # English Metric Units in a twip
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_CLEAR = '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
_DOWNWARDS = _CLEAR.replace("<wps:bodyPr", '<wps:bodyPr vert="vert"')


def box(
    number: int, name: str, content: str, *, left: int, top: int, width: int, height: int, downwards: bool = False
) -> str:
    """A run that anchors paragraphs in a box without edges at that place of the page; other text takes no notice.

    `number` must differ between the shapes of a document; `downwards` text is turned a quarter to the right.
    """
    inside = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>{_DOWNWARDS if downwards else _CLEAR}"
    return _anchored(number, name, "<a:noFill/>", inside, (left, top, width, height))


def bar(number: int, name: str, colour: str, *, left: int, top: int, width: int, height: int) -> str:
    """A run that anchors a filled bar at that place of the page; text takes no notice of it."""
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return _anchored(number, name, fill, "<wps:bodyPr/>", (left, top, width, height))


def _anchored(number: int, name: str, fill: str, inside: str, place: tuple[int, int, int, int]) -> str:
    left, top, width, height = (value * _EMU for value in place)
    kind = ' txBox="1"' if "txbx" in inside else ""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0"'
        f' simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{name}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp>'
        f'<wps:cNvSpPr{kind}/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></wps:spPr>{inside}</wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
