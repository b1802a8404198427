#include "server/node/words.h"

#include <filesystem>

namespace tongban::server {
namespace {

std::string_view role_text(Role role) {
  switch (role) {
    case Role::Window: return "窗口 window";
    case Role::Reviewer: return "审核岗 reviewer";
    case Role::Supervisor: return "主管 supervisor";
    case Role::CityOffice: return "市联办 city office";
    default: return "";
  }
}

/// What is there to try on a portal.
constexpr const char* first_steps =
    "  先试试 try first:\n"
    "   1. 打开门户，搜“zhinei”或“支内回沪”，答几个问题，看要带什么\n"
    "      open the portal, search “zhinei”, answer the questions, see what to bring\n"
    "   2. 准备申请、提交，记下办件编号\n"
    "      prepare an application, submit it, note the case number\n"
    "   3. 用窗口账号登录 /staff，收件、审查、转办；再用审核岗账号受理、办结\n"
    "      sign in at /staff as the window: receive, check, transfer; then as the reviewer: accept, decide\n\n";

constexpr const char* no_portal =
    "  没有门户，只有接口：构建门户后加上 --site build/site\n"
    "  No portal, only the API: for the portal build it and start with --site build/site\n\n";

std::string root_of(const NodeOptions& options, std::uint16_t port) {
  const std::string host = url_host(options.address);
  return (options.tls ? "https://" : "http://") + (host == "127.0.0.1" || host == "[::1]" ? "localhost" : host) + ':' + std::to_string(port);
}

}  // namespace

std::string program_text() {
  std::error_code failed;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (failed) return "tongban";
  const auto folder = std::filesystem::current_path(failed);
  if (failed) return program.string();
  const auto from_here = program.lexically_relative(folder);
  const std::string relative = from_here.has_parent_path() ? from_here.string() : "./" + from_here.string();
  return relative.size() < program.string().size() ? relative : program.string();
}

std::string first_passwords_text(const std::vector<FirstPassword>& passwords, const NodeOptions& options) {
  std::string text =
      "\n首批工作人员账号（密码只显示这一次，请抄下）\n"
      "First staff accounts (the passwords are shown only this once; write them down)\n\n";
  for (const auto& [account, password] : passwords) {
    text += "  " + account.account + std::string(account.account.size() < 20 ? 20 - account.account.size() : 1, ' ') + password + "   " +
            std::string(role_text(account.role)) + "  " + account.name + '\n';
  }
  return text + "\n  改密码 change one: " + program_text() + " staff passwd ACCOUNT --data " + options.data.string() +
         (options.database ? " --database …" : "") + '\n';
}

std::string welcome_text(const NodeOptions& options, std::uint16_t port, std::size_t centres, std::uint32_t catalogue_version) {
  const bool has_portal = !options.site.empty();
  const std::string root = root_of(options, port);
  std::string text = "\n通办 Tongban " TONGBAN_VERSION "  节点 node " + options.name.text() + "  中心 centres " + std::to_string(centres) +
                     "  目录版本 catalogue " + std::to_string(catalogue_version) + "\n\n";
  if (has_portal) {
    text += "  居民门户 portal    " + root + "/\n";
    text += "  窗口 staff         " + root + "/staff\n";
  }
  text += "  接口 API           " + root + "/api/v1/openapi.yaml\n\n";
  text += has_portal ? first_steps : no_portal;
  return text + "  Ctrl-C 停止 stops\n\n";
}

}  // namespace tongban::server
