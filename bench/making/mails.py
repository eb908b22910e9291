"""Mails (.eml)."""

from email.message import EmailMessage

from bench.making.packages import zipped
from bench.making.spreadsheets import xls
from bench.making.wordprocessing import bureau_docx


def mail() -> bytes:
    """A mail with a subject in GB2312, a sender in raw GBK bytes, a body in GBK and three attachments with Chinese names."""
    message = EmailMessage()
    message["Subject"] = "SUBJECT"
    message["From"] = "FROM"
    message["To"] = "bangongshi@example.cn"
    message["Date"] = "Thu, 5 Mar 2026 09:00:00 +0800"
    message.set_content("请查收附件中的自查报告和台账。\n第一小学", charset="gbk")
    message.add_attachment(bureau_docx(), maintype="application", subtype="octet-stream", filename="自查报告.docx")
    message.add_attachment(zipped({"台账.xls": xls()}), maintype="application", subtype="zip", filename="佐证.zip")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="坏.dat")
    coded = "=?GB2312?B?udjT2taysOw=?="  # 关于植办
    return (
        message.as_bytes().replace(b"SUBJECT", coded.encode()).replace(b"FROM", "第一小学 <a@example.cn>".encode("gbk"))
    )
