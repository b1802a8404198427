// Counters of the node in Prometheus' text form. Labels are route patterns and known methods, never what was sent, so
// nothing personal can get in, and there are only so many. Network thread only, but for the gauges, which main supplies as functions.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "server/http/message.h"
#include "server/ports/measures.h"

namespace tongban::http {

class Metrics {
 public:
  void answered(Method method, std::string_view pattern, int status, std::chrono::microseconds took);
  void connection_opened() { ++open_; ++accepted_; }
  void connection_closed() { --open_; }
  void refused_for_rate() { ++refused_; }
  std::int64_t open_connections() const { return open_; }

  /// A number asked for at each reading; `help` says what it is.
  void gauge(std::string name, std::string help, std::function<double()> read);

  /// The same for a number that only grows.
  void counter(std::string name, std::string help, std::function<double()> read);
  /// One number for each of a few names, which the node knows and nobody sends: {label="name"}.
  using Labelled = std::vector<std::pair<std::string, double>>;
  void family(std::string name, std::string help, std::string label, std::function<Labelled()> read);
  /// `of` outlives this.
  void histogram(std::string name, std::string help, const server::Histogram& of);

  std::string prometheus() const;

 private:
  static constexpr std::array<int, 8> bounds_ms{1, 2, 5, 10, 25, 100, 500, 2500};
  struct Series {
    std::array<std::uint64_t, bounds_ms.size()> buckets{};
    std::uint64_t count = 0;
    std::uint64_t microseconds = 0;
  };
  using Answer = std::tuple<Method, std::string, int>;   ///< pattern and status
  /// A pattern that is only looked at finds its counter without being made a string.
  struct ByAnswer {
    using is_transparent = void;
    using Seen = std::tuple<Method, std::string_view, int>;
    static const Seen& seen(const Seen& seen) { return seen; }
    static Seen seen(const Answer& answer) { return answer; }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const { return seen(a) < seen(b); }
  };
  struct Gauge {
    std::string name, help, type;
    std::function<double()> read;
  };
  struct Family {
    std::string name, help, label;
    std::function<Labelled()> read;
  };
  struct Measured {
    std::string name, help;
    const server::Histogram* of;
  };
  std::map<Answer, std::uint64_t, ByAnswer> answers_;
  Series durations_;
  std::vector<Gauge> gauges_;
  std::vector<Family> families_;
  std::vector<Measured> histograms_;
  std::int64_t open_ = 0;
  std::uint64_t accepted_ = 0, refused_ = 0;
};

}  // namespace tongban::http
