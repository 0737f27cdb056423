#include "gateway/app/local_client.hpp"

#include <chrono>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace anju::gateway {
namespace {

namespace http = boost::beast::http;
using Socket = boost::asio::local::stream_protocol::socket;
using Endpoint = boost::asio::local::stream_protocol::endpoint;

/// A report of 5000 devices has some 4 MB.
constexpr std::uint64_t kMostAnswer = 32U * 1024 * 1024;
constexpr std::chrono::seconds kAnswerTimeout(20);

std::string text_of(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

base::Result<LocalClient> LocalClient::connect(const std::string& data_folder) {
  boost::asio::io_context io;
  Socket socket(io);
  boost::system::error_code error;
  socket.connect(Endpoint(status_socket(data_folder)), error);
  if (error) {
    return base::fail(ConfigErrc::bad_config, "no gateway runs on " + data_folder + " (" + error.message() +
                                                  "): start it with 'systemctl start anju-gateway' or 'anju-gateway run', it owns the lines");
  }
  // Its end comes from the loop of a gateway that has begun: by then it listens on its other socket, too.
  std::string report;
  boost::asio::read(socket, boost::asio::dynamic_buffer(report), error);
  LocalClient client(local_socket(data_folder));
  if (const auto answer = client.get("/api/acceptance"); !answer) return base::pass(answer);
  return client;
}

base::Result<LocalClient::Answer> LocalClient::get(const std::string& target) const {
  return ask(false, target, {});
}

base::Result<LocalClient::Answer> LocalClient::post(const std::string& target, const boost::json::object& body) const {
  return ask(true, target, boost::json::serialize(body));
}

base::Result<LocalClient::Answer> LocalClient::ask(bool post, const std::string& target, const std::string& body) const {
  boost::asio::io_context io;
  boost::beast::basic_stream<boost::asio::local::stream_protocol> stream(io);
  boost::system::error_code error;
  // Connected to at once or not at all; the rest is asynchronous, because only so a time limit holds.
  stream.socket().connect(Endpoint(path_), error);
  const auto failed = [&] {
    const bool denied = error == boost::asio::error::access_denied;
    return base::fail(ConfigErrc::bad_config, "the running gateway does not answer on " + path_ + " (" + error.message() + "): " +
                                                  (denied ? "run this as the gateway's user, or as root" : "is it of another version, or did it stop? See its log"));
  };
  if (error) return failed();
  const auto run = [&] {
    io.restart();
    io.run();
    return !error;
  };
  const auto done = [&error](boost::system::error_code why, auto&&...) { error = why; };
  stream.expires_after(kAnswerTimeout);
  http::request<http::string_body> request(post ? http::verb::post : http::verb::get, target, 11);
  request.set(http::field::host, "localhost");
  request.set(http::field::connection, "close");
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
