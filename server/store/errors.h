// What can be wrong with a store, whichever database keeps it.
#pragma once

#include "shared/base/error.h"

namespace tongban::store::store_errors {

inline constexpr ErrorCode Full{"http.storage_full", "中心的存储已满，暂时不能接收，请稍后再试或到窗口办理。",
                                "The centre's storage is full. Try later, or come to a window."};
inline constexpr ErrorCode Failed{"store.failed", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};
/// The disk could not promise that what was written is there: the node must stop, since a retry can falsely succeed.
inline constexpr ErrorCode Unsynced{"store.unsynced", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};
inline constexpr ErrorCode Newer{"store.newer", "数据由更新的版本写成，请升级程序。", "The data were written by a newer version. Upgrade the program."};

}  // namespace tongban::store::store_errors
