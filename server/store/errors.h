// What can be wrong with a store, whichever database keeps it.
#pragma once

#include "shared/base/error.h"

namespace tongban::store::store_errors {

inline constexpr ErrorCode Full{"http.storage_full", "中心的存储已满，暂时不能接收，请稍后再试或到窗口办理。",
                                "The centre's storage is full. Try later, or come to a window."};
inline constexpr ErrorCode Failed{"store.failed", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};
/// The disk could not promise that what was written is there: the node must stop, since a retry can falsely succeed.
inline constexpr ErrorCode Unsynced{"store.unsynced", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};
// Of a file, when it is opened; what is found damaged later fails only what needs it.
inline constexpr ErrorCode Damaged{"store.damaged", "数据库已损坏。请把它移走，再恢复昨晚的备份（tongban restore）。",
                                   "The database is damaged. Move it away, and restore last night's backup (tongban restore)."};
inline constexpr ErrorCode Unreadable{"file.unreadable", "文件读不出来。", "The file cannot be read."};
inline constexpr ErrorCode Unwritable{"file.unwritable", "文件写不进去。", "The file cannot be written."};
inline constexpr ErrorCode Newer{"store.newer", "数据由更新的版本写成，请升级程序。", "The data were written by a newer version. Upgrade the program."};
/// Of a copy: the log can't begin again as long as it is being made, and would grow too long.
inline constexpr ErrorCode Overtaken{"store.overtaken", "备份期间写入太多，请在空闲时再备份。", "Too much was written while the copy was being made. Make it at a quieter time."};

// Of a database that is a server of its own:
/// It cannot be reached, or was lost before it had answered. Whether what was under way is stored, nobody knows here:
/// whoever sends again, under the same id, learns it.
inline constexpr ErrorCode Unavailable{"store.unavailable", "中心的数据库暂时连不上，请稍后再试，已填内容不会丢失。",
                                       "The centre's database cannot be reached just now. Try again shortly; nothing you entered is lost."};
/// What others wrote at the same time came in the way, again and again; nothing is stored.
inline constexpr ErrorCode Conflict{"store.conflict", "系统繁忙，请稍后再试，已填内容不会丢失。",
                                    "The system is busy. Try again shortly; nothing you entered is lost."};
/// One statement took longer than the session allows; nothing is stored.
inline constexpr ErrorCode Slow{"store.slow", "系统繁忙，请稍后再试，已填内容不会丢失。",
                                "The system is busy. Try again shortly; nothing you entered is lost."};
inline constexpr ErrorCode Taken{"store.taken", "另一个节点正在写这个数据库，请先停掉它。", "Another node is writing to this database. Stop that one first."};
inline constexpr ErrorCode Unsafe{"store.unsafe", "数据库的设置会丢掉已答应保存的数据，请改好再启动。",
                                  "The database is set to lose what it has promised to keep. Change that setting first."};
inline constexpr ErrorCode Absent{"store.absent", "数据库里还没有本版本的数据，请先启动一次节点。",
                                  "The database has no data of this version yet. Start the node once."};

}  // namespace tongban::store::store_errors
