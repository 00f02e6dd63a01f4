"""Why something may not happen, and what to do instead."""

from storage.domain.errors import CodeRefused, NotFound

TODAY = "今天 "
CANNOT = "这一步现在办不了。请看最新的卡片,或者点「我的诉求」。"
NOT_YOURS = "只有经办的人能按这个按钮。要加人,请找管理员。"
OTHERS = {
    NotFound: "没查到这个编号。请看看有没有打错,也可以点「我的诉求」。",
    CodeRefused: "这个码不对、用过了,或者过期了。请找管理员要一个新的。",
}
BROKEN = "这边出了点问题,您刚才说的已经存好,不用重发。我们修好就接着办。"
STALE_BUTTON = "这个按钮过期了。请看最新的卡片,或者发一句话给我。"
UNKNOWN_IN_GROUP = (
    "这个命令我不认识。直接回复诉求卡,就是答复群众。\n"
    "能用的:/todo 没办完的,/mine 我签收的,/stats 本月数字,/t 常用语,/duty 值班表。"
)
INPUTS = {
    "merge_itself": "这就是同一个编号。请写另一件的编号。",
    "merge_into_open": "要并到的那件已经不在办了,不能再并。",
    "merge_confidential": "保密件不能并单,也不能一起反映。",
    "merge_praise": "表扬不用并单。",
    "merge_answered": "有一件的答复已经发出去了,这时候不能并单。",
    "merge_emergency": "特急件不能并到不急的件里。请反过来,把那一件并到特急件。",
    "merge_into_triage": "答应过期限的件,不能并到还没派出去的件里。请反过来并,或者先派单。",
    "merge_into_plan": "那一件列在计划里,比这一件答应的晚,不能并。",
    "join_alone": "这件要单独办,不能一起反映。",
    "join_own": "这就是您自己反映的那一件,或者您已经一起反映过了。",
    "one_is_not_enough": "还要再有一位一起反映的说没解决,才能接着办。",
    "split_answered": "答复已经发出去了,这时候不能拆单。",
    "split_count": "至少写两件,最多六件。回复上面那条,再写一件。",
    "no_such_day": "值班只能排今天起的七天。请重新发 /duty,看最新的表。",
    "level_highest": "这件已经是最高一级督办了。",
    "level_raised": "刚才已经有人督办了这一件,请看最新的级别。",
    "nothing_asked": "这条没有要回复监督员的。请看最新的消息。",
    "check_over": "这件已经问完了。",
    "topic_alone": "这里没有能合在一起的:要有两件以上还在办、能并的。",
    "topic_dismissed": "已经有人说过,这不是一件事。",
    "urged_today": "今天已经替您催过了,明天可以再催。觉得办得不对,可以找监督员。",
    "still_in_hand": "这件还在办,用不着重办。可以回复群众,或者催办单位。",
    "check_no_phone": "群众没有留电话,没法打电话抽查。请直接回复这张卡。",
    "check_confidential": "保密件不抽查,由专办人办。请直接回复这张卡。",
    "check_drawn": "这件今天已经列入抽查了。",
    "return_asked": "这一件的退单申请已经交上去了,请等派单员定。定之前还由本单位办。",
    "return_once": "本单位退过一次单了,每个单位只能退一次。办不了的,可以点「更多」里的「协商转办」。",
    "offered": "已经请别的单位接手了,一次只能请一个。要换一个,请先撤回。",
    "lead_wanted": "这件已经交给监督员定主办单位了,请等监督员定。",
    "confidential_stays": "保密件由专办人办,不能转给别人。不归本单位的,请点「不归我管」。",
    "no_such_colleague": "他现在接不了。请重新点「转给同事」,选一位。",
    "no_last_reply": "这一件还没有送到过的回复。请直接写答复。",
    "no_such_outcome": "没有这个选项。请看最新的卡片,重新点一下。",
    "too_long": "这段话太长了,超过了两万字。请短一点说,或者分几次发。",
    "file_too_big": "这个文件太大,我转不过去。请发小一点的,或者拍张照片。",
    "too_many_files": "一件最多收60个附件,这一个没有收。要紧的先发,别的请用文字说明。",
    "edit_too_long": "改的这句太长,放不进照片、文件下面,群众看到的没有改。请另外回复一条。",
    "unsend_answer": "答复办结不能撤回。说错了,请直接回复诉求卡再发一条更正。",
    "unsend_too_late": "这条撤不回来了:超过了48小时,或者已经撤过。说错了,请再发一条更正。",
    "nothing_said": "这条里没有字。请打字说一句是什么事。",
    "no_such_place": "没有这个地方。请重新选镇街,或者打字说在哪儿。",
    "no_such_reason": "没有这个选项。请看最新的卡片,重新点一下。",
    "reopen_too_late": "结案已经超过 30 天,不能接着办了。还有问题,请当作新诉求再提一次。",
    "no_such_phrase": "没有这句常用语。写 /t 看看有哪些。",
    "no_phrases": "还没有常用语。在群里写 /t 名字 = 内容,就存好一句。",
    "phrase_form": "这样存:/t 名字 = 内容。名字最多 12 个字,内容最多 1000 个字。",
    "phrase_private": "常用语里不能有电话或证件号,没有存。",
    "phrases_full": "常用语最多存 40 句。请先删一句:/t -名字",
    "no_such_staff": "名单里没有这个人。请重新发 /handler,看现在的名单。",
    "no_such_department": "没有这个单位。请换个名字再搜。",
    "asked_once": "这一件已经请群众补充过一次了,不能再停时间。还有要问的,请直接回复诉求卡。",
    "ask_when_decided": "退单、转办还没有定,这时候不能请群众补充。要先问的,请直接回复诉求卡。",
    "ask_before_answer": "答复已经发出去了,或者还没送到,这时候不能再请群众补充。",
    "ask_needs_supervisor": "快到期了,这时候请补充要监督员同意。请再点一次「请补充」。",
    "unsend_question": "请补充的话收不回来,办理时间已经停下。问错了,请直接回复诉求卡更正。",
    "nothing_undelivered": "这一件没有「没送到」的答复,不能记电话告知,也不能停止计时。",
    "stopped_already": "这一件监督员已经核实过,时间停着。",
    "say_when_and_what": "太短了。请写明是什么时候、联系的情况怎样,再回复一次。",
    "emergency_stays": "急事不能不予受理,请马上派出去。不是急事的,先在「请马上看」那张卡上点「不是急事」,或者改急缓。",
    "voice_first": "语音还没有人听。请先「写下来」,再看受理不受理。",
    "objected_once": "这一件监督员已经再看过,或者正在看,只能请一次。有新情况,请当作新的事再说一遍。",
    "objection_settled": "这一件已经定过了,请看最新的卡片。",
    "accused_unit": "这件反映的就是这个单位,不能交给它办。请换一个单位。",
    "no_such_kind": "没有这个选项。请看最新的卡片,重新点一下。",
    "kind_as_it_is": "现在就是这样,不用改。",
    "kind_when_planned": "这一件列在计划里,现在不能改类别和急缓。",
    "not_to_praise": "已经派给单位的,不能改成表扬。",
    "danger_runs": "有人可能有危险,还没有人看过。请先在「请马上看」那张卡上点「不是急事」。",
    "longer_needs_supervisor": "这样改期限要往后推,要监督员同意。请重新点一次,写明原因。",
    "closed_too_long": "这件结案已经超过 30 天,不能再往这一件里发话了。有新情况,请群众重新提一次。",
    "approval_waits": "已经申请过了,请等监督员定。没定之前,照原来的办。",
    "approval_settled": "这一条已经定过了,请看最新的卡片。",
    "second_supervisor": "您已经同意过了,还要另一位监督员同意。",
    "no_limit": "这一件现在没有在计时的期限,不用申请。",
    "extended_once": "这一件延过一次了,不能再延。办不完的,可以申请「列入计划」。",
    "too_late_to_extend": "延期要在到期前一个工作日提。现在太晚了,请先跟群众说明情况,抓紧答复。",
    "too_many_days": "最多延5个工作日。请重新点一个天数。",
    "no_such_date": "日期要在今天以后、三年以内。请重新写一个。",
    "not_reopened_twice": "重办两次以上的,才能申请终结。",
    "assists_full": "一次最多请三个单位会办。请等他们答完,再请别的。",
    "assist_asked": "已经请这个单位会办了,请等他们答完。",
    "assist_no_group": "这个单位还没有绑定群,请了也没人看得到。请管理员先绑定,或者请别的单位。",
    "assist_secret": "这一件是保密件,那个单位没有能看的专办人,或者文中说到了他们,不能请他们会办。",
    "assist_over": "这一件的会办已经办完,或者不用办了。还有要告诉主办的,直接回复会办卡。",
    "no_superior": "请写上级单位的名字,最多 30 个字,不要写电话。回复上一条,重新写。",
    "escalated": "这一件已经上报过这个单位了。",
    "only_a_suggestion": "建议都是建议件,不用改。要改类别,请点「改类别」。",
    "answer_waits": "这一件的答复在等监督员审,请等他看完。",
    "nobody_looks": "办不了的答复要监督员先看,现在还没有监督群。请管理员先绑定。",
    "training_runs": "正在训练,一次只能训练一个。请等它做完,或者先点「停止」。",
    "training_over": "这次训练已经结束了,没有可以启用的模型。请重新发 /retrain。",
    "model_worse": "新模型有单位变差了,不能启用。",
    "model_compared": "这个模型是和以前的模型比的,现在用的已经换了。请重新发 /retrain。",
    "model_in_use": "这个模型正在用。不想用了,请发 /models 退回上一版。",
    "no_step_back": "没有可以退回的上一版。",
    "being_answered": "同事正在写这一件的答复,请等他写完,或者请他先取消。",
}


def already_claimed(*, number: str, staff: str, time: str) -> str:
    """Tell the one who came second who was first."""
    return f"{number}已经由{staff}签收({time})。"


def not_yours(*, department: str) -> str:
    """Tell a stranger who may do this."""
    return f"只有{department}的工作人员能办这一件。要加人,请找管理员。"


def already_done(*, status: str) -> str:
    """Tell that the step is past."""
    return f"这一步刚才已经办过了,现在是:{status}。"
