#include "gateway/app/status_server.hpp"

#include <utility>

#include <unistd.h>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/config.hpp"

namespace anju::gateway {
namespace {

using boost::asio::local::stream_protocol;
constexpr std::size_t kMostPath = 107;  // sun_path

std::string json_of(const StatusReport& report) {
  auto number = [](const char* key, auto value) { return "\"" + std::string(key) + "\":" + std::to_string(value); };
  auto yes = [](const char* key, bool value) { return "\"" + std::string(key) + "\":" + (value ? "true" : "false"); };
  return "{\"state\":" + report.state + ",\"spool\":{" + number("first_seq", report.first_seq) + "," +
         number("last_seq", report.last_seq) + "," + number("through", report.through) + "," +
         number("used_bytes", report.used_bytes) + "," + number("waiting", report.waiting) + "," +
         yes("full", report.full) + "},\"broker\":{" + yes("connected", report.connected) + "},\"quality\":" + report.quality + ",\"upgrades\":" +
         boost::json::serialize(boost::json::object{{"blocked", report.blocked.reason}, {"where", report.blocked.where}}) + ",\"page\":" +
         boost::json::serialize(boost::json::object{{"served", report.page}, {"pin_file", report.pin_file}}) + "}\n";
}

}  // namespace

struct StatusServer::Impl : std::enable_shared_from_this<StatusServer::Impl> {
  Impl(boost::asio::io_context& io, std::string socket_path, std::function<StatusReport()> make)
      : acceptor(io), path(std::move(socket_path)), report(std::move(make)) {}

  void accept() {
    acceptor.async_accept([self = shared_from_this()](boost::system::error_code error, stream_protocol::socket socket) {
      if (error == boost::asio::error::operation_aborted || !self->acceptor.is_open()) return;
      if (!error) self->answer(std::move(socket));
      self->accept();
    });
  }

  void answer(stream_protocol::socket socket) {
    auto connection = std::make_shared<stream_protocol::socket>(std::move(socket));
    auto text = std::make_shared<std::string>(json_of(report()));
    boost::asio::async_write(*connection, boost::asio::buffer(*text),
                             [connection, text](boost::system::error_code, std::size_t) {});
  }

  stream_protocol::acceptor acceptor;
  std::string path;
  std::function<StatusReport()> report;
};

base::Result<std::unique_ptr<StatusServer>> StatusServer::create(boost::asio::io_context& io, const std::string& path,
                                                                 std::function<StatusReport()> report) {
  if (path.size() > kMostPath) {
    return base::fail(ConfigErrc::bad_config, path + ": too long for a socket; choose a shorter 'data' folder");
  }
  boost::system::error_code error;
  stream_protocol::socket other(io);
  other.connect(stream_protocol::endpoint(path), error);
  if (!error)
    return base::fail(ConfigErrc::bad_config, path + ": another gateway runs on this data folder: stop it first");
  ::unlink(path.c_str());
  auto impl = std::make_shared<Impl>(io, path, std::move(report));
  impl->acceptor.open(stream_protocol(), error);
  if (!error) impl->acceptor.bind(stream_protocol::endpoint(path), error);
  if (!error) impl->acceptor.listen(8, error);
  if (error) return base::fail(ConfigErrc::bad_config, path + ": cannot listen (" + error.message() + ")");
  impl->accept();
  return std::unique_ptr<StatusServer>(new StatusServer(std::move(impl)));
}

StatusServer::StatusServer(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

StatusServer::~StatusServer() {
  boost::system::error_code ignored;
  impl_->acceptor.close(ignored);
  ::unlink(impl_->path.c_str());
}

}  // namespace anju::gateway
