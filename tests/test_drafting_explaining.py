"""At the counter: what a paper needs, and where each of its lines comes from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from templates import files


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "单位"
    run("init", str(folder), "--name", "青岚县教育局")
    run("campaign", "add", str(files.path("example", "campaign.yaml")), "-C", str(folder))
    return folder


def run(*words: str) -> str:
    result = CliRunner().invoke(cli.cli, words)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def test_fields_are_listed_with_source_and_example(office: Path) -> None:
    told = json.loads(run("draft", "san-cha-san-bao-2026", "--fields", "工作方案", "-C", str(office), "--json"))
    assert {"name": "行动.起止", "type": "文字"}.items() <= next(
        f for f in told["fields"] if f["name"] == "行动.起止"
    ).items()


def test_fields_are_listed_without_naming_a_campaign(office: Path) -> None:
    told = json.loads(run("draft", "--fields", "整改通知书", "-C", str(office), "--json"))
    assert "问题.措施" in {field["name"] for field in told["fields"]}


def test_every_line_is_explained_and_nothing_is_written(office: Path) -> None:
    words = ("draft", "san-cha-san-bao-2026", "--explain", "实施方案", "-C", str(office))
    told = json.loads(run(*words, "--json"))["explained"]
    assert any("行动.指导思想" in line["facts"] for line in told)
    assert "← 实施方案.md.j2 第" in run(*words)
    assert list((office / "drafts").iterdir()) == []


def test_a_bureaus_own_layout_is_listed_against_the_standard(tmp_path: Path) -> None:
    folder = tmp_path / "单位"
    run("init", str(folder), "--name", "青岚县教育局")
    assert json.loads(run("layout", "-C", str(folder), "--json")) == {"name": "standard", "deviations": []}
    (folder / "templates" / "layout").mkdir(parents=True, exist_ok=True)
    (folder / "templates" / "layout" / "本局.toml").write_text(
        "[signature]\nsealed_blank_lines = 3\n", encoding="utf-8"
    )
    (line,) = json.loads(run("layout", "本局", "-C", str(folder), "--json"))["deviations"]
    assert (line["key"], line["value"], line["clause"]) == ("signature.sealed_blank_lines", "3", "7.3.5")
    assert line["standard"] != "3"
