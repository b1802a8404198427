// What whoever works on the portal gets: the portal, and at /components the page of all widgets in all their states.
#include <memory>
#include <string>
#include <string_view>

#include "client/platform/browser/components.h"
#include "client/platform/browser/portal.h"

namespace tongban::platform {
namespace {

class Development final : public Program {
 public:
  void receive(const Message& message) override {
    if (message.type() == "start") at_components_ = is_components(message.text("route"));
    if (message.type() == "route") at_components_ = is_components(message.text("path"));
    portal_->receive(message);
  }
  void describe(ui::Ui& ui) override { shown().describe(ui); }
  Appearance look() const override { return at_components_ ? components_->look() : portal_->look(); }
  bool ready() const override { return at_components_ || portal_->ready(); }
  void touched(Instant now) override { portal_->touched(now); }
  std::string wanted_picture() const override { return portal_->wanted_picture(); }
  void describe_picture(ui::Ui& ui) override { portal_->describe_picture(ui); }
  bool rehearse(ui::Ui& ui, std::size_t scene) override { return portal_->rehearse(ui, scene); }
  std::string take_focus() override { return portal_->take_focus(); }

 private:
  static bool is_components(std::string_view path) { return path.substr(0, path.find_first_of("?#")) == components_route; }
  Program& shown() { return at_components_ ? *components_ : *portal_; }

  std::unique_ptr<Program> portal_ = make_portal(), components_ = make_components();
  bool at_components_ = false;
};

}  // namespace

std::unique_ptr<Program> make_program() { return std::make_unique<Development>(); }

}  // namespace tongban::platform
