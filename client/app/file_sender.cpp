#include "client/app/file_sender.h"

#include <algorithm>
#include <charconv>

namespace tongban::app {
namespace {

/// Small enough for a slow line within the time that a request has, and a multiple of the 64 KB that the centre keeps.
constexpr std::size_t piece_size = 256 * 1024;
constexpr int most_setbacks = 3;

std::string address(const Photo& photo) { return "/api/v1/materials/" + photo.hex(); }

/// What the centre says it has; nothing when it says none, or more than there is.
std::optional<std::size_t> offset_of(const event::Response& response, std::size_t size) {
  const auto header = response.headers.find("upload-offset");
  if (header == response.headers.end()) return std::nullopt;
  const std::string& text = header->second;
  std::size_t offset = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || offset >= size) return std::nullopt;
  return offset;
}

/// As if nothing had come back: to be tried again later.
event::Response unanswered() { return {.status = 0, .headers = {}, .body = {}}; }

}  // namespace

void FileSender::send(const Photo& photo, Bytes bytes, Done done) {
  const auto file = std::make_shared<Sending>(Sending{photo, std::move(bytes), std::move(done)});
  file->bytes.size() <= piece_size ? send_whole(file) : ask_how_much(file);
}

void FileSender::send_whole(const Shared& file) {
  outlet_.fetch({.method = "PUT", .url = address(file->photo), .headers = {{"content-type", file->photo.media_type}}, .body = std::move(file->bytes)},
                [file](const event::Response& response) { file->done(response); });
}

void FileSender::ask_how_much(const Shared& file) {
  outlet_.fetch({.method = "HEAD", .url = address(file->photo), .headers = {}, .body = {}}, [this, file](const event::Response& response) {
    if (response.status != 204) return file->done(response);
    const auto there = offset_of(response, file->bytes.size());
    if (!there) return file->done(unanswered());
    file->at = *there;
    send_piece(file);
  });
}

void FileSender::send_piece(const Shared& file) {
  const auto end = std::min(file->at + piece_size, file->bytes.size());
  const auto begin = file->bytes.begin();
  outlet_.fetch({.method = "PATCH",
                 .url = address(file->photo),
                 .headers = {{"content-type", file->photo.media_type},
                             {"upload-offset", std::to_string(file->at)},
                             {"upload-complete", end == file->bytes.size() ? "?1" : "?0"}},
                 .body = Bytes(begin + static_cast<std::ptrdiff_t>(file->at), begin + static_cast<std::ptrdiff_t>(end))},
                [this, file](const event::Response& response) { piece_answered(file, response); });
}

void FileSender::piece_answered(const Shared& file, const event::Response& response) {
  const auto there = response.status == 204 ? offset_of(response, file->bytes.size()) : std::nullopt;
  if (there && *there > file->at) {
    file->at = *there;
    return send_piece(file);
  }
  // It has something else than what this file begins with (422), or is at another place (409): begin where it says.
  const bool astray = response.status == 204 || response.status == 409 || (response.status == 422 && file->at > 0);
  if (!astray) return file->done(response);
  if (++file->setbacks > most_setbacks) return file->done(unanswered());
  ask_how_much(file);
}

}  // namespace tongban::app
