// One node a data folder: `node.lock` in it is locked as long as a node runs there. The kernel lets go of it however the
// process ends; the file itself stays, and says nothing.
#pragma once

#include <filesystem>

#include "server/platform/descriptor.h"
#include "shared/base/expected.h"

namespace tongban::platform {

namespace folder_errors {
inline constexpr ErrorCode Taken{"folder.taken", "另一个节点正在用这个数据文件夹。请先停掉它，或者用 --data 指定另一个文件夹。",
                                 "Another node is using this data folder. Stop that one first, or name another folder with --data."};
}  // namespace folder_errors

class FolderLock {
 public:
  /// Of a folder that is there. Taken, at once; file.unwritable where the file can't be made or locked.
  static Expected<FolderLock> take(const std::filesystem::path& folder);

 private:
  explicit FolderLock(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
};

}  // namespace tongban::platform
