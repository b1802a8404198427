#include "server/node/words.h"

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

}  // namespace

std::string first_passwords_text(const std::vector<FirstPassword>& passwords) {
  std::string text =
      "\n首批工作人员账号（密码只显示这一次，请抄下）\n"
      "First staff accounts (the passwords are shown only this once; write them down)\n\n";
  for (const auto& [account, password] : passwords) {
    text += "  " + account.account + std::string(account.account.size() < 20 ? 20 - account.account.size() : 1, ' ') + password + "   " +
            std::string(role_text(account.role)) + "  " + account.name + '\n';
  }
  return text + "\n  改密码 change one: tongban staff passwd ACCOUNT --data DIR\n";
}

std::string welcome_text(const NodeOptions& options, std::uint16_t port, std::size_t centres, std::uint32_t catalogue_version) {
  const std::string host = options.address == "0.0.0.0" || options.address == "127.0.0.1" ? "localhost" : options.address;
  const std::string root = (options.tls ? "https://" : "http://") + host + ':' + std::to_string(port);
  std::string text = "\n通办 Tongban " TONGBAN_VERSION "  节点 node " + options.name.text() + "  中心 centres " + std::to_string(centres) +
                     "  目录版本 catalogue " + std::to_string(catalogue_version) + "\n\n";
  text += "  居民门户 portal    " + root + "/\n";
  text += "  窗口 staff         " + root + "/staff\n";
  text += "  接口 API           " + root + "/api/v1/openapi.yaml\n\n";
  text +=
      "  先试试 try first:\n"
      "   1. 打开门户，搜“zhinei”或“支内回沪”，答几个问题，看要带什么\n"
      "      open the portal, search “zhinei”, answer the questions, see what to bring\n"
      "   2. 准备申请、提交，记下办件编号\n"
      "      prepare an application, submit it, note the case number\n"
      "   3. 用窗口账号登录 /staff，收件、审查、转办；再用审核岗账号受理、办结\n"
      "      sign in at /staff as the window: receive, check, transfer; then as the reviewer: accept, decide\n\n"
      "  Ctrl-C 停止 stops\n\n";
  return text;
}

}  // namespace tongban::server
