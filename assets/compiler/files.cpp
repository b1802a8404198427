#include "assets/compiler/files.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

namespace tongban::compiler {

Expected<Bytes> read_file(const std::string& path) {
  std::error_code unknown;
  // Opened like a file it would throw as soon as it is read.
  if (std::filesystem::is_directory(path, unknown)) return Error(file_errors::Unreadable, path, std::generic_category().message(EISDIR));
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error(file_errors::Unreadable, path, std::generic_category().message(errno));
  Bytes bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return Error(file_errors::Unreadable, path);
  return bytes;
}

Expected<void> write_file(const std::string& path, ByteView bytes) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  const std::string beside = path + ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return Error(file_errors::Unwritable, path);
  std::filesystem::rename(beside, path, error);
  if (error) return Error(file_errors::Unwritable, path, error.message());
  return {};
}

Expected<crypto::Seed> read_key_file(const std::string& path) {
  TRY(const Bytes content, read_file(path));
  std::istringstream lines{std::string(as_text(content))};
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    const auto octets = from_hex(line);
    if (!octets || octets->size() != 32) break;
    crypto::Seed seed{};
    std::copy(octets->begin(), octets->end(), seed.begin());
    return seed;
  }
  return Error(file_errors::NoKey, path);
}

}  // namespace tongban::compiler
