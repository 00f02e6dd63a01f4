"""`lianxin classifier`: from a file of messages to a model, its figures and its guesses."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from classifier import starter_corpus

UNITS = ("供电公司", "供热公司", "教育局", "无")


def called(*words: object) -> Result:
    return CliRunner().invoke(main, ["classifier", *map(str, words)])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "rows.csv"
    rows = [row for row in starter_corpus() if (row.label in UNITS and row.kind) or row.label == "无"][::3]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "label", "kind"])
        writer.writerows((f"r{at}", row.text, row.label, row.kind) for at, row in enumerate(rows))
    return path


@pytest.fixture(scope="module")
def model(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model") / "kept"
    result = called("train", "--data", data, "--out", out, "--seed", 5)
    assert result.exit_code == 0, result.output
    assert "4 labels" in result.stdout
    return out


def test_a_trained_model_is_evaluated_on_a_file(model: Path, data: Path):
    result = called("evaluate", "--data", data, "--model", model, "--json")
    report = json.loads(result.stdout)
    assert report["accuracy"] > 0.9
    assert set(report["per_label"]) == set(UNITS)


def test_the_report_for_people_names_the_labels_the_worst_first(model: Path, data: Path):
    lines = called("evaluate", "--data", data, "--model", model).stdout.splitlines()
    f1 = [float(line.split()[2]) for line in lines if line.split()[-1:] and line.split()[-1] in UNITS]
    assert len(f1) == 4
    assert f1 == sorted(f1)


def test_cross_validation_needs_no_model(data: Path):
    report = json.loads(called("evaluate", "--data", data, "--folds", 3, "--json").stdout)
    assert 0.5 < report["accuracy"] < 1
    assert called("evaluate", "--data", data, "--folds", 3, "--model", data.parent).exit_code == 2


def test_guesses_are_written_a_line_a_row_with_every_label_best_first(model: Path, data: Path, tmp_path: Path):
    out = tmp_path / "new" / "guesses.jsonl"
    assert called("predict", "--data", data, "--model", model, "--out", out).exit_code == 0
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines[:2]] == ["r0", "r1"]
    for line in lines:
        assert list(line) == ["id", "guesses", "auto"]
        assert {guess["label"] for guess in line["guesses"]} == set(UNITS)
        p = [guess["p"] for guess in line["guesses"]]
        assert p == sorted(p, reverse=True)
        assert not (line["auto"] and line["guesses"][0]["label"] == "无")
    assert 0 < sum(line["auto"] for line in lines) < len(lines)
    assert [path.name for path in out.parent.iterdir()] == ["guesses.jsonl"]


def test_rows_without_an_id_are_known_by_their_number(model: Path, tmp_path: Path):
    asked, out = tmp_path / "asked.csv", tmp_path / "out.jsonl"
    asked.write_text("title,body\n停电了,两天了\n,\n暖气,不热\n", encoding="utf-8")
    result = called("predict", "--data", asked, "--model", model, "--out", out)
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == [1, 3]
    assert "asked.csv, line 3: the text is empty" in result.stderr
    assert "1 rows left out, 2 used" in result.stderr


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("text,label\n停电了,供电公司\n没电,供电公司\n", "at least two"),
        ("body\n停电了\n", "there is no column title"),
        ("text,label\n，,供电公司\n。,供热公司\n", "no words|vocabulary"),
    ],
)
def test_what_cannot_be_learnt_from_is_said_in_a_sentence(tmp_path: Path, content: str, sentence: str):
    path = tmp_path / "rows.csv"
    path.write_text(content, encoding="utf-8")
    result = called("train", "--data", path, "--out", tmp_path / "model")
    assert result.exit_code == 1
    assert not isinstance(result.exception, ValueError)
    assert re.search(sentence, result.stderr)
    assert not (tmp_path / "model").exists()


def test_a_folder_without_a_model_is_said_in_a_sentence(data: Path, tmp_path: Path):
    result = called("evaluate", "--data", data, "--model", tmp_path)
    assert result.exit_code == 1
    assert "There is no model in" in result.stderr


def test_the_starter_corpus_can_be_written_down_and_read_again(tmp_path: Path):
    out = tmp_path / "corpus.csv"
    assert called("corpus", "--out", out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == [row.text for row in starter_corpus()]


def test_the_starter_model_is_asked_where_none_is_named(tmp_path: Path):
    asked, out = tmp_path / "asked.csv", tmp_path / "out.jsonl"
    asked.write_text("text\n家里停电了\n谢谢\n", encoding="utf-8")
    assert called("predict", "--data", asked, "--out", out).exit_code == 0
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert (first["guesses"][0]["label"], first["auto"]) == ("供电公司", True)
    assert (second["guesses"][0]["label"], second["auto"]) == ("无", False)
