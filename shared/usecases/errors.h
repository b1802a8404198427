// What a step can refuse, beyond the faults of its input's parts. A name's first word is the verb.
#pragma once

#include "shared/base/error.h"

namespace tongban::usecases::step_errors {

// Handing in
inline constexpr ErrorCode ContentDiffers{"submission.content_differs", "这份申请已经交过，内容不一样；请用“补材料”来改",
                                          "This application has been handed in with other content; please add to the case instead."};
inline constexpr ErrorCode Elsewhere{"submission.elsewhere", "这份申请已经交到{}，请到那里办",
                                     "This application has been handed in at {}; please go on there."};
inline constexpr ErrorCode OtherNode{"submission.other_node", "这个中心不由这里受理，请换一个中心",
                                     "That centre is not served here; please choose another."};
inline constexpr ErrorCode FileLacking{"submission.file_lacking", "有文件还没传到，请先上传再交", "A file has not arrived yet; upload it first."};

// Whatever is written into a case
inline constexpr ErrorCode TextTooLong{"case.text_too_long", "这段文字太长了，请写短一些", "That text is too long; please shorten it."};
inline constexpr ErrorCode CaseFull{"case.full", "这个办件的记录已经装满，不能再添加；请到窗口办理",
                                    "This case holds as much as it can, and nothing more can be added; please see a window."};

// Checking and returning
inline constexpr ErrorCode CheckIncomplete{"check.incomplete", "还有材料没有核对，请核对齐", "A material has not been looked at yet; please check them all."};
inline constexpr ErrorCode ReasonMissing{"check.reason_missing", "缺的材料要写明原因", "A missing material needs a reason."};
inline constexpr ErrorCode UnknownMaterial{"check.unknown_material", "这个事项没有这份材料", "This item has no such material."};
inline constexpr ErrorCode NothingMissing{"return.nothing", "请写明要补哪些材料", "Please say which materials are to be supplied."};
inline constexpr ErrorCode NotComplete{"return.not_complete", "补正要一次告知，还有缺的材料没写上",
                                       "A notice must be complete: another missing material is not in it."};
inline constexpr ErrorCode DuePast{"return.due_past", "补正期限不能早于今天", "The day to supply by cannot be before today."};
inline constexpr ErrorCode NothingSupplied{"supplement.nothing", "请放上要补的材料", "Please add the materials."};
inline constexpr ErrorCode SupplyAll{"supplement.incomplete", "还有要补的材料没放上，请一次补齐", "Another of the materials asked for is not there; please supply all at once."};

// Transferring, accepting, deciding
inline constexpr ErrorCode StillAsking{"case.asking", "正在问{}有没有收过这份申请，答复会自动到，到了再办这一步",
                                       "We are asking {} whether it has this application already. The answer comes by itself; please wait for it before this step."};
inline constexpr ErrorCode GiveReason{"choice.reason", "请写明理由", "Please give the reason."};
inline constexpr ErrorCode ChooseCentre{"transfer.choose", "转到哪个中心不能由规则定，请选定并写明理由",
                                        "The rule does not say which centre decides; please choose one and give the reason."};
inline constexpr ErrorCode DirectItem{"transfer.direct", "这个事项直接受理，不用转办", "This item is handled here; it is not transferred."};
inline constexpr ErrorCode OutsideItem{"transfer.outside", "这个事项由本中心受理、外部机构审核，不用转办",
                                       "This item is accepted here and reviewed by an outside body; it is not transferred."};
inline constexpr ErrorCode SameCentre{"transfer.same_centre", "就是本中心办的，请直接受理", "This centre decides it itself; please accept it here."};
inline constexpr ErrorCode NoSuchCentre{"transfer.unknown_centre", "目录里没有这个中心", "There is no such centre in the directory."};
inline constexpr ErrorCode BelongsTo{"accept.belongs_elsewhere", "按规则由另一个中心受理，请转办", "By the rule another centre accepts this; please transfer it."};
inline constexpr ErrorCode OutsideBody{"accept.outside_body", "请写明由哪个机构审核", "Please say which body reviews it."};
inline constexpr ErrorCode TextMissing{"decide.text", "请写明办理结果", "Please write the decision."};

// The exchange
inline constexpr ErrorCode NotHere{"exchange.not_here", "这个中心不由本节点受理", "That centre is not served by this node."};
inline constexpr ErrorCode UnknownSender{"exchange.unknown_sender", "目录里没有发件中心的密钥", "The sender's key is not in the directory."};
inline constexpr ErrorCode DigestDiffers{"exchange.digest_differs", "同一信封号，内容不一样", "An envelope of the same id came with other content."};
inline constexpr ErrorCode UnknownCase{"exchange.unknown_case", "还没有这个办件", "That case is not known here yet."};
inline constexpr ErrorCode NotCustodian{"exchange.not_custodian", "办件不在本中心手里", "The case is not in this centre's hands."};
inline constexpr ErrorCode Superseded{"exchange.superseded", "已另发一封信，这封不再需要", "Another letter takes the place of this one."};
inline constexpr ErrorCode Stale{"exchange.stale", "更晚的信已经收过，这封过时了", "A later letter has been taken already; this one is out of date."};
inline constexpr ErrorCode Unasked{"exchange.unasked", "本中心没有请求恢复办件", "This centre has not asked to be reminded of cases."};
inline constexpr ErrorCode Healing{"exchange.healing", "本中心正在从备份恢复，稍后再收", "This centre is being restored from a backup and takes letters again later."};
inline constexpr ErrorCode OwnCopyEnded{"exchange.own_copy_ended", "本中心的同一份申请已经并入另一份", "This centre's own copy of the same application was merged into another."};
inline constexpr ErrorCode ForeignEvent{"exchange.foreign_event", "信里有别的中心写的记录", "The letter has events that another centre wrote."};
inline constexpr ErrorCode ForeignAnswer{"exchange.foreign_answer", "回执和信封对不上", "The answer does not belong to this envelope."};

// The catalogue
inline constexpr ErrorCode OlderCatalogue{"snapshot.older", "目录比已有的旧，没有更换", "The catalogue is older than the one held, and was not put in its place."};

}  // namespace tongban::usecases::step_errors
