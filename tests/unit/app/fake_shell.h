// A shell for tests: a store that survives the app, a network that can be cut, and a node with one answer for each URL.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "client/app/app.h"
#include "shared/casework/view.h"
#include "shared/crypto/digest.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "tests/fakes/seeded_random.h"
#include "tests/fakes/small_catalogue.h"

namespace tongban::app {

class FakeShell {
 public:
  struct Record {
    std::uint64_t version = 0;
    Bytes blob;
  };
  using Answer = std::function<event::Response(const effect::Fetch&)>;

  /// Opens the portal as a new tab would: same store, same data key, a fresh app.
  void open(const std::string& path) {
    app_ = std::make_unique<App>(random_);
    app_->lend(fakes::small_catalogue(), catalogue::Pinyin(), now);
    event::Start start;
    start.path = path;
    start.online = online;
    start.storage = Storage::Persistent;
    start.public_browser = public_browser;
    start.can_share = true;
    start.origin = "https://portal.example";
    start.data_key.fill(7);
    send(start);
  }
  /// The tab is killed: what was not stored is gone.
  void kill() {
    app_.reset();
    waiting_.clear();
  }

  template <typename What>
  void send(What what) {
    perform(app_->handle({now, std::move(what)}));
    settle();
  }
  template <typename Intent>
  void want(Intent intent) {
    perform(app_->apply({std::move(intent)}, now));
    settle();
  }
  /// Time passes; a deadline that comes within it wakes the app.
  void pass(std::chrono::milliseconds time) {
    const Instant until = now + time;
    while (deadline.ms > 0 && deadline <= until) {
      now = std::max(now, deadline);
      deadline = {};
      send(event::Tick{});
    }
    now = until;
  }
  void set_online(bool value) {
    online = value;
    send(event::Online{value});
  }

  /// Reads, scrolls, points: there, but doing nothing.
  void touch() { app_->touch(now); }

  const Model& model() const { return app_->model(); }

  Instant now{1'795'492'800'000};  // 2026-11-24, 08:00 in Shanghai
  Instant deadline{};
  bool online = true;
  bool store_full = false, other_tab_wrote = false;
  bool public_browser = false, erased = false;
  std::optional<bool> made_public;
  std::vector<effect::Image> images;
  std::vector<effect::Share> shared;
  std::vector<std::string> pictures;   ///< names of what was drawn to be kept
  std::map<std::string, std::map<std::string, Record>> store;
  std::vector<std::string> requests, announced, addresses;
  Answer node = [](const effect::Fetch&) { return event::Response{.status = 404, .headers = {}, .body = {}}; };

 private:
  void perform(Effects effects) {
    for (Effect& effect : effects) {
      if (auto* fetch = std::get_if<effect::Fetch>(&effect)) {
        requests.push_back(fetch->method + " " + fetch->url);
        event::Response response = online ? node(*fetch) : event::Response{.status = 0, .headers = {}, .body = {}};
        response.request = fetch->request;
        waiting_.push_back({now, response});
      } else if (auto* asked = std::get_if<effect::Store>(&effect)) {
        waiting_.push_back({now, serve(*asked)});
      } else if (auto* said = std::get_if<effect::Announce>(&effect)) {
        announced.push_back(said->text);
      } else if (auto* until = std::get_if<effect::Deadline>(&effect)) {
        deadline = until->at;
      } else if (auto* image = std::get_if<effect::Image>(&effect)) {
        images.push_back(*image);
      } else if (auto* share = std::get_if<effect::Share>(&effect)) {
        shared.push_back(*share);
      } else if (auto* picture = std::get_if<effect::PictureOfPrint>(&effect)) {
        pictures.push_back(picture->name);
      } else if (auto* kind = std::get_if<effect::PublicBrowser>(&effect)) {
        made_public = kind->value;
      } else if (std::holds_alternative<effect::EraseAndLeave>(effect)) {
        erased = true;
      } else if (auto* address = std::get_if<effect::GoTo>(&effect)) {
        addresses.push_back(address->path);
      }
    }
  }

  event::Stored serve(const effect::Store& asked) {
    event::Stored answer{.request = asked.request, .ok = true, .error = {}, .rows = {}};
    auto& space = store[asked.space];
    switch (asked.op) {
      case StoreOp::Put: {
        if (store_full) return {.request = asked.request, .ok = false, .error = "storage_full", .rows = {}};
        auto& record = space[asked.key];
        record = {record.version + 1, asked.blob};
        answer.rows.push_back({asked.key, record.version, {}});
        answer.conflict = std::exchange(other_tab_wrote, false);
        break;
      }
      case StoreOp::Get:
        if (const auto found = space.find(asked.key); found != space.end()) answer.rows.push_back({asked.key, found->second.version, found->second.blob});
        break;
      case StoreOp::List:
        for (const auto& [key, record] : space) answer.rows.push_back({key, record.version, record.blob});
        break;
      case StoreOp::Delete: space.erase(asked.key); break;
      case StoreOp::Erase:
        if (asked.space.empty()) store.clear();
        else space.clear();
        break;
    }
    return answer;
  }

  /// Answers come in later turns of the loop, never inside the call that asked.
  void settle() {
    while (!waiting_.empty() && app_) {
      Event event = std::move(waiting_.front());
      waiting_.pop_front();
      event.now = now;
      perform(app_->handle(event));
    }
  }

  fakes::SeededRandom random_{42};
  std::unique_ptr<App> app_;
  std::deque<Event> waiting_;
};

/// A node that takes submissions and files, as centre A would, and remembers what it got.
struct FakeNode {
  std::vector<casework::Application> taken;
  std::map<std::string, Bytes> files;  ///< by digest
  std::map<std::string, Bytes> parts;  ///< by address

  event::Response how_much(const std::string& url) const {
    const auto part = parts.find(url);
    return {.status = 204, .headers = {{"upload-offset", std::to_string(part == parts.end() ? 0 : part->second.size())}}, .body = {}};
  }
  event::Response take_piece(const effect::Fetch& asked) {
    auto& part = parts[asked.url];
    if (asked.headers.at(1) != std::pair<std::string, std::string>("upload-offset", std::to_string(part.size()))) return {.status = 409, .headers = {}, .body = {}};
    part.insert(part.end(), asked.body.begin(), asked.body.end());
    if (asked.headers.at(2).second == "?0") return how_much(asked.url);
    const Bytes whole = std::exchange(part, {});
    const std::string digest = to_hex(crypto::digest(whole));
    if (!asked.url.ends_with(digest)) return {.status = 422, .headers = {}, .body = {}};
    files[digest] = whole;
    return {.status = 201, .headers = {}, .body = {}};
  }

  event::Response operator()(const effect::Fetch& asked) {
    if (asked.method == "HEAD") return how_much(asked.url);
    if (asked.method == "PATCH") return take_piece(asked);
    if (asked.method == "PUT") {
      const std::string digest = to_hex(crypto::digest(asked.body));
      if (!asked.url.ends_with(digest)) return {.status = 400, .headers = {}, .body = {}};
      files[digest] = asked.body;
      return {.status = 201, .headers = {}, .body = {}};
    }
    if (asked.method == "POST" && asked.url == "/api/v1/submissions") {
      auto application = wire::json::read_application(as_text(asked.body));
      if (!application) return {.status = 400, .headers = {}, .body = {}};
      taken.push_back(*application);
      wire::json::SubmissionAnswer answer;
      answer.view.number = CaseNumber("TB261124-DEM0DEM0");
      answer.view.submission_id = application->submission_id;
      answer.view.item = application->item;
      answer.view.received_by = answer.view.custodian = application->received_by;
      answer.view.changed_at = Instant{1'795'492'900'000};
      answer.receipt = {1, 2, 3};
      const std::string body = wire::json::write_submission_answer(answer);
      return {.status = 201, .headers = {}, .body = Bytes(body.begin(), body.end())};
    }
    return {.status = 404, .headers = {}, .body = {}};
  }
};

}  // namespace tongban::app
