import json

import plotly.graph_objects as go

from layanan_dasar.charts import komposisi_batang, komposisi_figure
from layanan_dasar.queries.kualitas import Komposisi


ROWS = [
    Komposisi(2024, {"Kesehatan": 25_000_000, "Belanja lain": 75_000_000}, 100_000_000),
    Komposisi(2025, {"Kesehatan": 100_000_000, "Belanja lain": 100_000_000}, 200_000_000),
]


def test_the_pieces_of_a_bar_stand_end_to_end() -> None:
    (first, second) = komposisi_batang(ROWS)
    assert [(ruas.mulai, ruas.lebar) for ruas in first.ruas] == [("0.00", "25.00"), ("25.00", "75.00")]
    assert [ruas.nama for ruas in second.ruas] == ["Kesehatan", "Belanja lain"]


def test_the_figure_is_valid_plotly_with_plain_numbers_and_no_template() -> None:
    figure = json.loads(komposisi_figure(ROWS))
    assert [trace["name"] for trace in figure["data"]] == ["Kesehatan", "Belanja lain"]
    assert figure["data"][0]["y"] == [0.025, 0.1]
    assert figure["layout"]["barmode"] == "stack"
    assert "data" not in figure["layout"].get("template", {})
    go.Figure(figure)


def test_the_figure_of_nothing_is_empty() -> None:
    assert json.loads(komposisi_figure([]))["data"] == []
    assert komposisi_batang([]) == []


def test_the_figure_holds_numbers_and_not_texts_of_numbers() -> None:
    assert all(isinstance(value, float) for trace in json.loads(komposisi_figure(ROWS))["data"] for value in trace["y"])
