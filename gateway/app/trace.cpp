// `anju-gateway trace`: what the running gateway of a data folder says to its meters and hears from them, as it happens.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/config.hpp"
#include "gateway/app/verbs.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {
namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds kAgain(300);  // a line at 9600 baud has some ten exchanges in it, far less than an answer holds

volatile std::sig_atomic_t stopped = 0;
void stop(int) { stopped = 1; }

std::string text_of(const json::string& text) { return {text.data(), text.size()}; }

/// Error: bad_config: nobody is there, or nobody who understands. `where` says why.
base::Result<json::object> ask(const std::string& path, const json::object& question) {
  boost::asio::io_context io;
  boost::asio::local::stream_protocol::socket socket(io);
  boost::system::error_code error;
  socket.connect(boost::asio::local::stream_protocol::endpoint(path), error);
  if (error) return base::fail(ConfigErrc::bad_config, error.message());
  boost::asio::write(socket, boost::asio::buffer(json::serialize(question) + "\n"), error);
  std::string text;
  if (!error) boost::asio::read(socket, boost::asio::dynamic_buffer(text), error);
  auto parsed = json::parse(text, error);
  if (error || !parsed.is_object()) return base::fail(ConfigErrc::bad_config, "it answers nothing that is understood: is it of another version?");
  return std::move(parsed.as_object());
}

void print_fact(const json::value& value) {
  if (value.is_string()) {
    std::cout << text_of(value.get_string());
  } else {
    std::cout << json::serialize(value);
  }
}

void print_frame(const char* arrow, const json::value& frame) {
  const auto* object = frame.if_object();
  if (object == nullptr) return;
  // What stands in every frame, or in the line above.
  constexpr std::string_view kDull[] = {"protocol", "preamble_fe", "address", "control", "direction", "length", "data_wire", "checksum", "crc_wire", "meter_type", "di_order"};
  std::cout << "  " << arrow << " ";
  const auto* facts = object->at("facts").if_object();
  for (const auto& fact : facts == nullptr ? json::object() : *facts) {
    const std::string_view key(fact.key().data(), fact.key().size());
    if (std::ranges::find(kDull, key) != std::end(kDull)) continue;
    std::cout << key << "=";
    print_fact(fact.value());
    std::cout << " ";
  }
  std::cout << "\n    ";
  const std::string hex = text_of(object->at("hex").as_string());
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) std::cout << hex.substr(i, 2) << " ";
  std::cout << "\n";
}

void print_exchange(const std::string& line, const json::object& one) {
  const auto text = [&one](const char* key) { return text_of(one.at(key).as_string()); };
  const std::string outcome = text("outcome");
  std::cout << base::format_utc(base::UtcMillis(one.at("at").as_int64())) << "  " << line << "  " << text("device") << "  " << text("address") << "  " << outcome;
  if (outcome == "ok" || outcome == "refused") std::cout << " " << one.at("delay_ms").as_int64() << " ms";
  std::cout << "\n";
  print_frame(">", one.at("request"));
  print_frame("<", one.at("reply"));
}

/// What came since; `after` moves on.
void print_line(const json::object& line, bool as_json, std::map<std::string, std::int64_t>& after) {
  const std::string id = text_of(line.at("line").as_string());
  const auto& traces = line.at("traces").as_array();
  const auto known = after.find(id);
  if (known != after.end() && !traces.empty()) {
    const std::int64_t missed = traces.front().at("number").as_int64() - known->second - 1;
    if (missed > 0) std::cerr << "anju-gateway: " << missed << " exchanges of " << id << " came too fast to be shown\n";
  }
  for (const auto& trace : traces) {
    if (as_json) {
      json::object one{{"line", id}};
      for (const auto& entry : trace.as_object()) one[entry.key()] = entry.value();
      std::cout << json::serialize(one) << "\n";
    } else {
      print_exchange(id, trace.as_object());
    }
  }
  after[id] = line.at("last").as_int64();
}

}  // namespace

int trace_lines(const TraceOptions& options) {
  const auto data = load_data_folder(options.config);
  if (!data) {
    std::cerr << "anju-gateway: " << data.error().where << "\n";
    return 2;
  }
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  std::map<std::string, std::int64_t> after;
  bool met = false;
  while (stopped == 0) {
    json::object numbers;
    for (const auto& [line, last] : after) numbers[line] = last;
    json::object question{{"after", std::move(numbers)}, {"passwords", options.show_secrets}};
    if (!options.line.empty()) question["line"] = options.line;
    const auto answer = ask(trace_socket(*data), question);
    if (!answer) {
      std::cerr << "anju-gateway: " << (met ? "the gateway has stopped" : "no gateway runs on " + *data) << " (" << answer.error().where << ")"
                << (met ? "\n" : ": start it with 'anju-gateway run'\n");
      return 1;
    }
    if (const auto* refused = answer->if_contains("error")) {
      std::cerr << "anju-gateway: " << (options.line.empty() ? "" : options.line + ": ") << text_of(refused->as_string()) << "; its lines are:";
      for (const auto& id : answer->at("lines").as_array()) std::cerr << " " << text_of(id.as_string());
      std::cerr << "\n";
      return 2;
    }
    if (!met && !options.json) std::cerr << "Ctrl-C ends it" << (options.show_secrets ? "" : "; passwords are hidden (--show-secrets)") << "\n";
    met = true;
    for (const auto& line : answer->at("lines").as_array()) print_line(line.as_object(), options.json, after);
    if (!std::cout.flush()) return 0;  // nobody reads any more
    if (stopped == 0) std::this_thread::sleep_for(kAgain);
  }
  return 0;
}

}  // namespace anju::gateway
