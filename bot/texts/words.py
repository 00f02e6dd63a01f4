"""The office's words for kinds, urgencies, statuses and outcomes."""

from collections.abc import Mapping

from storage.domain import contents
from storage.domain.classes import HandlingClass
from storage.domain.statuses import Status
from storage.domain.words import Kind, Urgency

KINDS = {
    Kind.CONSULTATION: "咨询",
    Kind.HELP: "求助",
    Kind.COMPLAINT: "投诉",
    Kind.REPORT: "举报",
    Kind.SUGGESTION: "建议",
    Kind.PRAISE: "表扬",
}
URGENCIES = {Urgency.EXTREME: "特急", Urgency.URGENT: "紧急", Urgency.NORMAL: "一般"}
STATUSES = {
    Status.PENDING_TRIAGE: "待派单",
    Status.DISPATCHED: "待签收",
    Status.IN_PROGRESS: "办理中",
    Status.AWAITING_CITIZEN: "待补充",
    Status.DEFERRED: "列入计划",
    Status.ANSWERED: "已答复待评价",
    Status.CLOSED: "已结案",
    Status.WITHDRAWN: "已撤回",
    Status.DECLINED: "不予受理",
    Status.MERGED: "已并单",
}
CLASSES = {
    HandlingClass.INSTANT: "即办件",
    HandlingClass.COMMITTED: "承诺件",
    HandlingClass.SUPPLEMENT: "补办件",
    HandlingClass.ESCALATED: "上报件",
    HandlingClass.SUGGESTION: "建议件",
}
VERDICTS = {"adopted": "采纳", "partly": "部分采纳", "not_adopted": "不采纳"}
PINNED = "定位"
_COUNTED = {
    contents.Kind.PHOTO: "照片{n}张",
    contents.Kind.VIDEO: "视频{n}段",
    contents.Kind.VIDEO_NOTE: "小视频{n}段",
    contents.Kind.ANIMATION: "动图{n}张",
    contents.Kind.VOICE: "语音{n}段",
    contents.Kind.AUDIO: "录音{n}段",
    contents.Kind.DOCUMENT: "文件{n}个",
    contents.Kind.LOCATION: "位置{n}处",
    contents.Kind.VENUE: "位置{n}处",
}
PLACE_UNSAID = "没说"


def files_words(files: Mapping[str, int]) -> str:
    """Write what came beside words: 「照片2张、语音1段(12秒)」; empty where there is nothing."""
    said = [_COUNTED[contents.Kind(kind)].format(n=n) for kind, n in files.items() if kind != "seconds"]
    seconds = f"({files['seconds']}秒)" if files.get("seconds") else ""
    return "、".join(f"{each}{seconds}" if each.startswith("语音") else each for each in said)
