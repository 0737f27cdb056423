#include "gateway/app/local_client.hpp"

#include <chrono>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/local/access.hpp"
#include "gateway/local/listen.hpp"
#include "gateway/local/message.hpp"
#include "gateway/local/server.hpp"

namespace anju::gateway {
namespace {

namespace http = boost::beast::http;

/// A report of 5000 devices has some 4 MB.
constexpr std::uint64_t kMostAnswer = 32U * 1024 * 1024;
constexpr std::chrono::seconds kAnswerTimeout(20);

std::string text_of(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

base::Result<LocalClient> LocalClient::connect(const std::string& data_folder) {
  const auto failed = [&](const std::string& why) { return base::fail(ConfigErrc::bad_config, why); };
  boost::asio::io_context io;
  boost::asio::local::stream_protocol::socket socket(io);
  boost::system::error_code error;
  socket.connect(boost::asio::local::stream_protocol::endpoint(status_socket(data_folder)), error);
  if (error) {
    return failed("no gateway runs on " + data_folder + " (" + error.message() +
                  "): start it with 'systemctl start anju-gateway' or 'anju-gateway run', it owns the lines");
  }
  std::string text;
  boost::asio::read(socket, boost::asio::dynamic_buffer(text), error);
  auto report = boost::json::parse(text, error);
  const auto* page = !error && report.is_object() ? report.as_object().if_contains("page") : nullptr;
  if (page == nullptr || !page->is_object()) return failed("the running gateway answered nothing that is understood: is it of another version?");
  const auto served = parse_listen(text_of(page->as_object(), "served"));
  if (!served) return failed("the installer's page is not served, and what it does is asked for there: set [local] listen, or free its port");
  const auto file = text_of(page->as_object(), "pin_file");
  const auto read = read_text(file, "PIN");
  const auto pin = read ? read_pin(*read) : base::Result<std::string>(base::pass(read));
  if (!pin) return failed(file + ": cannot be read: run this as the gateway's user, or as root");
  LocalClient client;
  client.host_ = served->address == "0.0.0.0" ? "127.0.0.1" : served->address == "::" ? "::1" : served->address;
  client.port_ = std::to_string(served->port);
  const auto entered = client.post("/api/login", {{"pin", *pin}});
  if (!entered) return base::pass(entered);
  if (!entered->is_good()) return failed("the installer's page refuses its own PIN: " + refusal_text(*entered));
  return client;
}

base::Result<LocalClient::Answer> LocalClient::get(const std::string& target) {
  return ask(false, target, {});
}

base::Result<LocalClient::Answer> LocalClient::post(const std::string& target, const boost::json::object& body) {
  return ask(true, target, boost::json::serialize(body));
}

void LocalClient::leave() {
  static_cast<void>(ask(true, "/api/logout", "{}"));
}

base::Result<LocalClient::Answer> LocalClient::ask(bool post, const std::string& target, const std::string& body) {
  boost::asio::io_context io;
  boost::beast::tcp_stream stream(io);
  boost::system::error_code error;
  const auto failed = [&] {
    return base::fail(ConfigErrc::bad_config, "the running gateway does not answer on " + host_ + ":" + port_ + " (" + error.message() + ")");
  };
  const auto address = boost::asio::ip::make_address(host_, error);
  if (error) return failed();
  // Asynchronous, because only so a time limit holds.
  const auto run = [&] {
    io.restart();
    io.run();
    return !error;
  };
  const auto done = [&error](boost::system::error_code why, auto&&...) { error = why; };
  stream.expires_after(kAnswerTimeout);
  stream.async_connect(boost::asio::ip::tcp::endpoint(address, static_cast<std::uint16_t>(std::stoi(port_))), done);
  if (!run()) return failed();
  http::request<http::string_body> request(post ? http::verb::post : http::verb::get, target, 11);
  request.set(http::field::host, address.is_v6() ? "[" + host_ + "]:" + port_ : host_ + ":" + port_);
  request.set(http::field::connection, "close");
  request.set(std::string(kPageHeader), "1");
  if (!cookie_.empty()) request.set(http::field::cookie, cookie_);
  request.body() = body;
  request.prepare_payload();
  http::async_write(stream, request, done);
  if (!run()) return failed();
  boost::beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(kMostAnswer);
  http::async_read(stream, buffer, parser, done);
  if (!run()) return failed();
  auto& response = parser.get();
  if (const auto set = response[http::field::set_cookie]; !set.empty()) cookie_ = std::string(set.substr(0, set.find(';')));
  return Answer{static_cast<int>(response.result_int()), std::move(response.body())};
}

std::string refusal_text(const LocalClient::Answer& answer) {
  boost::json::error_code failed;
  const auto value = boost::json::parse(answer.body, failed);
  if (failed || !value.is_object()) return std::to_string(answer.status);
  const auto where = text_of(value.as_object(), "where");
  return text_of(value.as_object(), "error") + (where.empty() ? "" : ": " + where);
}

}  // namespace anju::gateway
