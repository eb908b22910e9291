"""PDF files, object by object."""

import zlib
from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], *, vertical: bool = False, extra: Sequence[bytes] = ()) -> bytes:
    """Pages of lines in a face that is not in the file, by a predefined table of characters, as many office programs write them."""
    table_name = "UniGB-UCS2-V" if vertical else "UniGB-UCS2-H"
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/%s/DescendantFonts[4 0 R]>>" % table_name.encode(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/FontDescriptor 5 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120"
        b"/CapHeight 700/StemV 80>>",
    ]
    for n, lines in enumerate(pages):
        told = b"BT /F1 16 Tf\n"
        for row, line in enumerate(lines):
            place = b"1 0 0 1 %d 780 Tm" % (520 - 30 * row) if vertical else b"1 0 0 1 60 %d Tm" % (780 - 26 * row)
            told += place + b" <" + line.encode("utf-16-be").hex().encode() + b"> Tj\n"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (7 + 2 * n)
        )
        objects.append(stream(told + b"ET"))
    return assembled([*objects, *extra])


def stream(content: bytes, about: bytes = b"") -> bytes:
    """A compressed stream of a PDF."""
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), about, packed)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, trailer, len(made),
    )  # fmt: skip
