"""The office's words for kinds, urgencies, statuses and outcomes."""

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
CLASS_COMMITTED = "承诺件"
PLACE_UNSAID = "没说"
