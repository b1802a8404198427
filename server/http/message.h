// One request and one answer, as the handlers see them: plain values without a word of Beast in them, so
// that only session.cpp and listener.cpp pay for compiling it.
//
// Everything here lives on the network thread. A handler may answer at once or later (after the store thread
// has committed); whoever drops a Reply without answering leaves the client with a 500.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"

namespace tongban::http {

enum class Method : std::uint8_t { Get, Head, Put, Post, Patch, Delete, Options, Other };

std::string_view to_text(Method method);

struct Request {
  Method method = Method::Get;
  std::string path;   ///< as sent, without the query
  std::string query;  ///< after '?', as sent
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case, in order
  std::vector<std::string> captures;  ///< what stood at the `{}` of the route's pattern, percent-decoded
  std::string body;     ///< but of a route that takes any octets (router.h, BodyKind::Binary):
  Bytes octets;         ///< theirs
  std::string peer;     ///< the client's address as limits count it (rate.h, counted_as); never logged
  bool secure = false;  ///< came over TLS
  std::shared_ptr<void> place;  ///< of a large body: held as long as its octets are (router.h, Places)
  std::optional<std::string> node;  ///< whom the client's certificate names; nothing where none was asked for

  /// The first header of that (lower-case) name; empty when there is none.
  std::string_view header(std::string_view name) const;
  /// The named parameter of the query, percent-decoded; empty when there is none.
  std::string parameter(std::string_view name) const;
  /// The named cookie's value; empty when there is none.
  std::string_view cookie(std::string_view name) const;
};

/// A part of a file to be sent as the body; opened by the session, so a vanished file is a 404 of its own.
struct FileBody {
  std::string path;
  std::uint64_t size = 0;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  FileBody file;       ///< used instead of `body` when its path is set
  std::string style = {};  ///< the digest of the style sheet within the page, "sha256-…": the only one that is allowed there
  bool close = false;  ///< end the connection after this answer
  const char* code = "";  ///< of a problem: ErrorCode::name, for the operator

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

/// Answers one request, once. May be kept and called later, on the network thread.
class Reply {
 public:
  using Send = std::function<void(Response)>;
  explicit Reply(Send send) : send_(std::move(send)) {}
  Reply(Reply&&) = default;
  Reply& operator=(Reply&&) = default;
  ~Reply();

  void operator()(Response response);

 private:
  Send send_;
};

/// Takes a body piece by piece, so that a photograph is never whole in memory.
class BodySink {
 public:
  virtual ~BodySink() = default;
  virtual Expected<void> write(ByteView piece) = 0;
};

/// "%E5%8F%AF" → the octets; a broken escape stays as it stands.
std::string percent_decode(std::string_view text, bool plus_is_space = false);

Response json(int status, std::string body);
Response text(int status, std::string body);
Response empty(int status);
/// application/problem+json with the code's two sentences.
Response problem(int status, const Error& error);

std::string_view reason_of(int status);

}  // namespace tongban::http
