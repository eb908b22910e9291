"""Hostile files: bombs, loops, lies about sizes, entities, depths; each with the states its reading may end in."""

import random
import struct
import zipfile
import zlib
from io import BytesIO

from bench.making.packages import OFFICE, package, zipped
from bench.making.pdfs import assembled, pdf, stream
from bench.making.wordprocessing import W, p, word
from bench.making.words import BODY


def hostile() -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """Every hostile file, by what it is: its bytes, and the states its reading may end in."""
    drawn = random.Random(9704)
    deep = "<w:tbl><w:tr><w:tc>" * 400 + p("里") + "</w:tc></w:tr></w:tbl>" * 400
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    unread = ("unreadable", "limit", "crashed", "empty")
    inner = zipped({"0.txt": bytes(50 << 20)})
    return {
        "a form that calls itself": (_calling(forms=1, times=2), (*unread, "ok")),
        "a thousand million nested forms": (_calling(forms=9, times=10), (*unread, "ok")),
        "a stream of 400 MB": (_bomb(), (*unread, "ok")),
        "a PDF cut off": (pdf([BODY] * 20)[:3000], unread),
        "a PDF with a password": (assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>",
            b"<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32)],
            b"/Encrypt 3 0 R/ID[<00><00>]"), ("encrypted",)),
        "an entity that reads a file": (package({"word/document.xml": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            f'<w:document xmlns:w="{W}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'}), ("empty", "unreadable")),
        "a thousand million laughs": (package({"word/document.xml": f'<!DOCTYPE d [<!ENTITY e0 "啊">{laughs}]><d>&e9;</d>'}),
            ("empty", "unreadable", "limit")),
        "20,000 elements deep": (word("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000), ("unreadable",)),
        "400 nested tables": (word(deep), ("unreadable",)),
        "a part of one gigabyte": (_grown("word/document.xml", 1 << 30), ("limit",)),
        "a part that lies about its size": (_lying(), ("limit", "unreadable")),
        "two cells at the corners": (_sparse(), ("limit",)),
        "an OFD with an entity": (package({"OFD.xml": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            "<OFD><DocBody><DocRoot>&x;</DocRoot></DocBody></OFD>"}), ("empty", "unreadable")),
        "nothing": (b"", ("empty",)),
        "random bytes": (drawn.randbytes(50_000), ("unreadable",)),
        "random bytes behind an OLE head": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + drawn.randbytes(50_000), ("unreadable",)),
        "a lock file of Word": (b"\x05admin" + bytes(156), ("unreadable",)),
        "bombs in bombs": (zipped({f"{n}.zip": inner for n in range(20)}), ("limit",)),
        "a box in a box": (_boxed(zipped({"字.txt": "好".encode()}), 8), ("limit",)),
        "an archive with a password": (_locked(), ("encrypted",)),
    }  # fmt: skip


def _calling(forms: int, times: int) -> bytes:
    """A page with a chain of forms: each calls the next so many times, and the last one itself."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(b"/X Do"),
    ]
    first = len(objects) + 1
    last = first + forms - 1
    for number in range(first, last + 1):
        called = b"/Resources<</XObject<</X %d 0 R>>>>" % min(number + 1, last)
        objects.append(stream(b"/X Do " * times, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]" + called))
    return assembled(objects)


def _bomb() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(400)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    return assembled(objects)


def _grown(name: str, size: int) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made, made.open(name, "w", force_zip64=True) as part:
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))
    return target.getvalue()


def _lying() -> bytes:
    """A part whose directory entry says ten bytes."""
    raw = _grown("word/document.xml", 300 << 20)
    place = raw.rindex(b"PK\x01\x02")
    return raw[: place + 24] + struct.pack("<I", 10) + raw[place + 28 :]


def _boxed(content: bytes, times: int) -> bytes:
    for number in range(times):
        content = zipped({f"{number}.zip": content})
    return content


def _locked() -> bytes:
    raw = bytearray(zipped({"密.txt": b"x" * 40}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    return bytes(raw)


def _sparse() -> bytes:
    """A workbook of two cells: the first of a sheet and the last that a sheet can have."""
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {ns} xmlns:r="{OFFICE}">'
            '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {ns}><sheetData>{cells}</sheetData></worksheet>",
        }
    )
