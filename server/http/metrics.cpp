#include "server/http/metrics.h"

#include <cstdio>

namespace tongban::http {
namespace {

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

void head(std::string& out, std::string_view name, std::string_view help, std::string_view type) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ")
      .append(type).append("\n");
}

}  // namespace

void Metrics::answered(Method method, std::string_view pattern, int status,
                       std::chrono::microseconds took) {
  const auto counted = answers_.find(ByAnswer::Seen(method, pattern, status));
  if (counted != answers_.end()) ++counted->second;
  else answers_.emplace(Answer(method, std::string(pattern), status), 1);
  ++durations_.count;
  durations_.microseconds += static_cast<std::uint64_t>(took.count());
  for (std::size_t i = 0; i < bounds_ms.size(); ++i)
    if (took <= std::chrono::milliseconds(bounds_ms[i])) ++durations_.buckets[i];
}

void Metrics::gauge(std::string name, std::string help, std::function<double()> read) {
  gauges_.push_back({std::move(name), std::move(help), "gauge", std::move(read)});
}

void Metrics::counter(std::string name, std::string help, std::function<double()> read) {
  gauges_.push_back({std::move(name), std::move(help), "counter", std::move(read)});
}

void Metrics::family(std::string name, std::string help, std::string label, std::function<Labelled()> read) {
  families_.push_back({std::move(name), std::move(help), std::move(label), std::move(read)});
}

void Metrics::histogram(std::string name, std::string help, const server::Histogram& of) {
  histograms_.push_back({std::move(name), std::move(help), &of});
}

std::string Metrics::prometheus() const {
  std::string out;
  head(out, "tongban_http_answers_total", "Answers by route and status.", "counter");
  for (const auto& [key, count] : answers_) {
    const auto& [method, pattern, status] = key;
    out.append("tongban_http_answers_total{method=\"").append(to_text(method)).append("\",route=\"").append(pattern);
    out += "\",status=\"" + std::to_string(status) + "\"} " + std::to_string(count) + "\n";
  }
  head(out, "tongban_http_answer_seconds", "Time from a request's head to its answer's last octet.", "histogram");
  for (std::size_t i = 0; i < bounds_ms.size(); ++i)
    out += "tongban_http_answer_seconds_bucket{le=\"" + number(bounds_ms[i] / 1000.0) + "\"} " +
           std::to_string(durations_.buckets[i]) + "\n";
  out += "tongban_http_answer_seconds_bucket{le=\"+Inf\"} " + std::to_string(durations_.count) + "\n";
  out += "tongban_http_answer_seconds_sum " + number(static_cast<double>(durations_.microseconds) / 1e6) + "\n";
  out += "tongban_http_answer_seconds_count " + std::to_string(durations_.count) + "\n";
  head(out, "tongban_http_connections", "Open connections.", "gauge");
  out += "tongban_http_connections " + std::to_string(open_) + "\n";
  head(out, "tongban_http_connections_total", "Connections accepted.", "counter");
  out += "tongban_http_connections_total " + std::to_string(accepted_) + "\n";
  head(out, "tongban_http_refused_total", "Requests answered 429.", "counter");
  out += "tongban_http_refused_total " + std::to_string(refused_) + "\n";
  for (const auto& gauge : gauges_) {
    head(out, gauge.name, gauge.help, gauge.type);
    out += gauge.name + " " + number(gauge.read()) + "\n";
  }
  for (const auto& family : families_) {
    head(out, family.name, family.help, "gauge");
    for (const auto& [name, value] : family.read()) out += family.name + "{" + family.label + "=\"" + name + "\"} " + number(value) + "\n";
  }
  for (const auto& one : histograms_) {
    head(out, one.name, one.help, "histogram");
    for (std::size_t i = 0; i < one.of->bounds(); ++i)
      out += one.name + "_bucket{le=\"" + number(one.of->bound(i)) + "\"} " + std::to_string(one.of->up_to(i)) + "\n";
    const auto count = std::to_string(one.of->count());
    out += one.name + "_bucket{le=\"+Inf\"} " + count + "\n" + one.name + "_sum " + number(one.of->sum()) + "\n" + one.name + "_count " + count + "\n";
  }
  return out;
}

}  // namespace tongban::http
