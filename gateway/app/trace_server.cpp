#include "gateway/app/trace_server.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/config.hpp"
#include "gateway/local/present.hpp"

namespace anju::gateway {
namespace {

using boost::asio::local::stream_protocol;
namespace json = boost::json;

constexpr std::size_t kMostPath = 107;  // sun_path
constexpr std::size_t kMostQuestion = 16 * 1024;
constexpr std::size_t kMostConnections = 8;  // further ones are closed at once
constexpr std::chrono::seconds kPatience(5);  // for the question and for taking the answer

std::string refused(const Gateway& gateway, const char* error) {
  json::array ids;
  if (const auto* archive = gateway.archive()) {
    for (const auto& line : archive->lines) ids.emplace_back(line.id.value);
  }
  return json::serialize(json::object{{"error", error}, {"lines", std::move(ids)}}) + "\n";
}

}  // namespace

std::string answer_trace(const Gateway& gateway, const std::string& question) {
  json::error_code error;
  const auto parsed = json::parse(question, error);
  const auto* asked = error ? nullptr : parsed.if_object();
  if (asked == nullptr) return refused(gateway, "bad_request");
  const auto* line = asked->if_contains("line");
  const auto* after = asked->if_contains("after");
  const auto* shown = asked->if_contains("passwords");
  if ((line != nullptr && !line->is_string()) || (after != nullptr && !after->is_object()) || (shown != nullptr && !shown->is_bool())) {
    return refused(gateway, "bad_request");
  }
  const auto passwords = shown != nullptr && shown->get_bool() ? Passwords::shown : Passwords::hidden;
  json::array lines;
  bool known = line == nullptr;
  if (const auto* archive = gateway.archive()) {
    for (const auto& one : archive->lines) {
      const auto* owned = gateway.line(one.id);
      if (owned == nullptr || (line != nullptr && line->get_string() != json::string_view(one.id.value))) continue;
      known = true;
      const auto* from = after == nullptr ? nullptr : after->get_object().if_contains(one.id.value);
      const std::int64_t last = owned->traces().empty() ? 0 : static_cast<std::int64_t>(owned->traces().back().number);
      const auto* number = from == nullptr ? nullptr : from->if_int64();
      // A number above the newest is of a gateway that ran before this one.
      const std::int64_t begin = number == nullptr ? last : *number > last || *number < 0 ? 0 : *number;
      lines.push_back(trace_json(gateway, one.id, *owned, static_cast<std::uint64_t>(begin), passwords));
    }
  }
  if (!known) return refused(gateway, "unknown_line");
  return json::serialize(json::object{{"lines", std::move(lines)}}) + "\n";
}

struct TraceServer::Impl : std::enable_shared_from_this<TraceServer::Impl> {
  struct Connection {
    Connection(stream_protocol::socket taken, std::shared_ptr<Impl> whose) : socket(std::move(taken)), timer(socket.get_executor()), owner(std::move(whose)) {
      ++owner->open;
    }
    ~Connection() { --owner->open; }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    stream_protocol::socket socket;
    boost::asio::steady_timer timer;
    std::string text;
    std::shared_ptr<Impl> owner;
  };

  Impl(boost::asio::io_context& io, std::string socket_path, const Gateway& of) : acceptor(io), path(std::move(socket_path)), gateway(of) {}

  void accept() {
    acceptor.async_accept([self = shared_from_this()](boost::system::error_code error, stream_protocol::socket socket) {
      if (error == boost::asio::error::operation_aborted || !self->acceptor.is_open()) return;
      if (!error && self->open < kMostConnections) self->serve(std::make_shared<Connection>(std::move(socket), self));
      self->accept();
    });
  }

  void serve(const std::shared_ptr<Connection>& connection) {
    connection->timer.expires_after(kPatience);
    connection->timer.async_wait([connection](boost::system::error_code cancelled) {
      boost::system::error_code ignored;
      if (!cancelled) connection->socket.close(ignored);
    });
    boost::asio::async_read_until(connection->socket, boost::asio::dynamic_buffer(connection->text, kMostQuestion), '\n',
                                  [self = shared_from_this(), connection](boost::system::error_code error, std::size_t) {
                                    if (error) return void(connection->timer.cancel());
                                    self->answer(connection);
                                  });
  }

  void answer(const std::shared_ptr<Connection>& connection) {
    connection->text = answer_trace(gateway, connection->text);
    boost::asio::async_write(connection->socket, boost::asio::buffer(connection->text),
                             [connection](boost::system::error_code, std::size_t) { connection->timer.cancel(); });
  }

  std::size_t open = 0;
  stream_protocol::acceptor acceptor;
  std::string path;
  const Gateway& gateway;
};

base::Result<std::unique_ptr<TraceServer>> TraceServer::create(boost::asio::io_context& io, const std::string& path, const Gateway& gateway) {
  if (path.size() > kMostPath) return base::fail(ConfigErrc::bad_config, path + ": too long for a socket; choose a shorter 'data' folder");
  ::unlink(path.c_str());
  auto impl = std::make_shared<Impl>(io, path, gateway);
  boost::system::error_code error;
  impl->acceptor.open(stream_protocol(), error);
  // It shows passwords to whoever asks for them.
  const auto before = ::umask(0177);
  if (!error) impl->acceptor.bind(stream_protocol::endpoint(path), error);
  ::umask(before);
  if (!error) impl->acceptor.listen(8, error);
  if (error) return base::fail(ConfigErrc::bad_config, path + ": cannot listen (" + error.message() + ")");
  impl->accept();
  return std::unique_ptr<TraceServer>(new TraceServer(std::move(impl)));
}

TraceServer::TraceServer(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

TraceServer::~TraceServer() {
  boost::system::error_code ignored;
  impl_->acceptor.close(ignored);
  ::unlink(impl_->path.c_str());
}

}  // namespace anju::gateway
