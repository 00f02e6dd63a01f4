"""Text in, ranked units with calibrated probabilities out; knows neither bot nor storage."""

from classifier.artefacts import ModelFileError, load_or_train_starter, save
from classifier.corpus import CorpusError, LabelledText, starter_corpus
from classifier.model import Guess, Model, Ranked
from classifier.training import train

__all__ = [
    "CorpusError",
    "Guess",
    "LabelledText",
    "Model",
    "ModelFileError",
    "Ranked",
    "load_or_train_starter",
    "save",
    "starter_corpus",
    "train",
]
