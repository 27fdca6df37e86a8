"""Gold questions in, tables out: how well documents are found, how long it takes, and how sure the figures are."""

from jazari_rag.evaluation.comparison import Comparison, compare
from jazari_rag.evaluation.html import evaluation_page
from jazari_rag.evaluation.metrics import MEASURES, Ranking, Scores, score
from jazari_rag.evaluation.questions import Question, read_questions
from jazari_rag.evaluation.report import EvalReport, IngestCost, Latency
from jazari_rag.evaluation.run import Evaluated, evaluate, ranked_documents

__all__ = [
    "MEASURES",
    "Comparison",
    "EvalReport",
    "Evaluated",
    "IngestCost",
    "Latency",
    "Question",
    "Ranking",
    "Scores",
    "compare",
    "evaluate",
    "evaluation_page",
    "ranked_documents",
    "read_questions",
    "score",
]
