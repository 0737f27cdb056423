#include "gateway/local/server.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace anju::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using unix_socket = asio::local::stream_protocol;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kDrain(1);
constexpr std::size_t kMostSocketName = 107;  ///< sun_path of unix(7), with its end
constexpr std::chrono::seconds kAcceptAgain(1);  ///< when the process has no descriptor left

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

/// The bytes are none of HTTP; false when they only ended.
bool is_no_http(beast::error_code failed) {
  static const beast::error_code example = http::error::bad_method;
  return failed && failed.category() == example.category() && failed != http::error::end_of_stream && failed != http::error::partial_message;
}

template <class Protocol>
class Connection;

/// What its connections share; it lives as long as one of them.
template <class Protocol>
struct Shared : std::enable_shared_from_this<Shared<Protocol>> {
  Shared(asio::io_context& io, LocalHandler answer, ServerPatience times) : acceptor(io), again(io), handler(std::move(answer)), patience(times) {}

  void accept();
  void admit(typename Protocol::socket socket);

  typename Protocol::acceptor acceptor;
  asio::steady_timer again;
  LocalHandler handler;
  ServerPatience patience;
  std::set<Connection<Protocol>*> open;
};

base::Result<> cannot_listen(const std::string& where, boost::system::error_code failed) {
  return base::fail(ListenErrc::cannot_listen, where + ": " + failed.message());
}

base::Result<> listen_on(tcp::acceptor& acceptor, const Listen& where) {
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(where.address, failed);
  const tcp::endpoint endpoint(address, where.port);
  if (!failed) acceptor.open(endpoint.protocol(), failed);
  if (!failed) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) acceptor.bind(endpoint, failed);
  if (!failed) acceptor.listen(static_cast<int>(kMostConnections), failed);
  return failed ? cannot_listen(where.address + ":" + std::to_string(where.port), failed) : base::Result<>();
}

base::Result<> listen_on(unix_socket::acceptor& acceptor, const std::string& path) {
  if (path.size() > kMostSocketName) return cannot_listen(path, asio::error::name_too_long);
  boost::system::error_code failed;
  acceptor.open(unix_socket(), failed);
  // Linux gives the name the rights that the socket has when it is bound, so nobody else reaches it for a moment either.
  if (!failed && ::fchmod(acceptor.native_handle(), S_IRUSR | S_IWUSR) != 0) failed.assign(errno, boost::system::system_category());
  ::unlink(path.c_str());
  if (!failed) acceptor.bind(unix_socket::endpoint(path), failed);
  if (!failed) acceptor.listen(static_cast<int>(kMostConnections), failed);
  return failed ? cannot_listen(path, failed) : base::Result<>();
}

template <class Protocol>
class Connection : public std::enable_shared_from_this<Connection<Protocol>> {
 public:
  using Socket = typename Protocol::socket;
  Connection(Socket socket, std::shared_ptr<Shared<Protocol>> server);
  ~Connection();
  void read();
  void close() { stream_.close(); }
  /// Since when its request is awaited; nullopt while it is written to.
  [[nodiscard]] std::optional<Clock::time_point> waits_since() const { return waits_since_; }

 private:
  void on_header(beast::error_code failed);
  void on_request(beast::error_code failed);
  void respond(LocalResponse response, bool keep_alive);
  void drain();
  void drain_more();

  beast::basic_stream<Protocol> stream_;
  std::shared_ptr<Shared<Protocol>> server_;
  beast::flat_buffer buffer_{kMostHeader + kMostBody};
  std::optional<http::request_parser<http::string_body>> parser_;
  unsigned version_ = 11;
  std::optional<Clock::time_point> waits_since_;
};

template <class Protocol>
void Shared<Protocol>::accept() {
  acceptor.async_accept([self = this->shared_from_this()](boost::system::error_code failed, typename Protocol::socket socket) {
    if (!self->acceptor.is_open()) return;
    if (!failed) {
      self->admit(std::move(socket));
      return self->accept();
    }
    self->again.expires_after(kAcceptAgain);
    self->again.async_wait([self](boost::system::error_code cancelled) {
      if (!cancelled && self->acceptor.is_open()) self->accept();
    });
  });
}

template <class Protocol>
void Shared<Protocol>::admit(typename Protocol::socket socket) {
  if (open.size() >= kMostConnections) {
    Connection<Protocol>* slowest = nullptr;
    for (auto* one : open) {
      if (one->waits_since() && (slowest == nullptr || *one->waits_since() < *slowest->waits_since())) slowest = one;
    }
    if (slowest == nullptr || Clock::now() - *slowest->waits_since() < patience.grace) return;  // the new one goes
    slowest->close();
    open.erase(slowest);
  }
  std::make_shared<Connection<Protocol>>(std::move(socket), this->shared_from_this())->read();
}

template <class Protocol>
Connection<Protocol>::Connection(Socket socket, std::shared_ptr<Shared<Protocol>> server) : stream_(std::move(socket)), server_(std::move(server)) {
  server_->open.insert(this);
}

template <class Protocol>
Connection<Protocol>::~Connection() {
  server_->open.erase(this);
}

template <class Protocol>
void Connection<Protocol>::read() {
  parser_.emplace();
  parser_->header_limit(kMostHeader);
  parser_->body_limit(kMostBody);
  waits_since_ = Clock::now();
  stream_.expires_after(server_->patience.request);
  http::async_read_header(stream_, buffer_, *parser_, [self = this->shared_from_this()](beast::error_code failed, std::size_t) { self->on_header(failed); });
}

template <class Protocol>
void Connection<Protocol>::on_header(beast::error_code failed) {
  if (failed == http::error::header_limit) return respond(refuse_local(431, "too_large", "header"), false);
  if (failed == http::error::body_limit) return respond(refuse_local(413, "too_large", "body"), false);
  if (is_no_http(failed)) return respond(refuse_local(400, "bad_request"), false);
  if (failed) return close();
  auto done = [self = this->shared_from_this()](beast::error_code error, std::size_t) { self->on_request(error); };
  http::async_read(stream_, buffer_, *parser_, std::move(done));
}

template <class Protocol>
void Connection<Protocol>::on_request(beast::error_code failed) {
  if (failed == http::error::body_limit) return respond(refuse_local(413, "too_large", "body"), false);
  if (is_no_http(failed)) return respond(refuse_local(400, "bad_request"), false);
  if (failed) return close();
  auto message = parser_->release();
  version_ = message.version();
  const bool keep_alive = message.keep_alive();
  if (message.method() != http::verb::get && message.method() != http::verb::post) return respond(refuse_local(405, "bad_method"), false);
  auto request = parse_target(view(message.target()));
  if (!request) return respond(refuse_local(404, "not_found"), keep_alive);
  request->own = std::is_same_v<Protocol, unix_socket>;
  request->post = message.method() == http::verb::post;
  request->host = std::string(view(message[http::field::host]));
  request->token = cookie_of(view(message[http::field::cookie]), kSessionCookie);
  request->from_page = !message[beast::string_view(kPageHeader.data(), kPageHeader.size())].empty();
  request->if_none_match = std::string(view(message[http::field::if_none_match]));
  request->body = std::move(message.body());
  respond(server_->handler(*request), keep_alive);
}

template <class Protocol>
void Connection<Protocol>::respond(LocalResponse response, bool keep_alive) {
  auto message = std::make_shared<http::response<http::string_body>>(static_cast<http::status>(response.status), version_);
  message->set(http::field::content_type, response.content_type);
  message->set("Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  message->set("X-Content-Type-Options", "nosniff");
  message->set("X-Frame-Options", "DENY");
  message->set("Referrer-Policy", "no-referrer");
  message->set("Cross-Origin-Opener-Policy", "same-origin");
  message->set("Cross-Origin-Resource-Policy", "same-origin");
  if (response.content_type == "application/json") message->set(http::field::cache_control, "no-store");
  for (const auto& [name, value] : response.headers) message->set(name, value);
  message->body() = std::move(response.body);
  message->keep_alive(keep_alive);
  message->prepare_payload();
  waits_since_.reset();
  stream_.expires_after(server_->patience.write);
  http::async_write(stream_, *message, [self = this->shared_from_this(), message](beast::error_code failed, std::size_t) {
    if (!failed && message->keep_alive()) return self->read();
    if (!failed) self->drain();
  });
}

/// What is still on its way is read for a moment: a socket closed over it would take the answer along.
template <class Protocol>
void Connection<Protocol>::drain() {
  beast::error_code ignored;
  stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
  stream_.expires_after(kDrain);
  drain_more();
}

template <class Protocol>
void Connection<Protocol>::drain_more() {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(4096), [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
    if (!failed) self->drain_more();
  });
}

}  // namespace

struct LocalServer::Kind {
  Kind() = default;
  virtual ~Kind() = default;
  Kind(const Kind&) = delete;
  Kind& operator=(const Kind&) = delete;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  [[nodiscard]] virtual std::size_t connections() const = 0;
};

template <class Protocol>
struct LocalServer::Of : LocalServer::Kind {
  Of(asio::io_context& io, LocalHandler handler, ServerPatience patience) : shared(std::make_shared<Shared<Protocol>>(io, std::move(handler), patience)) {}
  ~Of() override {
    boost::system::error_code ignored;
    shared->acceptor.close(ignored);
    shared->again.cancel();
    for (auto* connection : std::set<Connection<Protocol>*>(shared->open)) connection->close();
    if (!name.empty()) ::unlink(name.c_str());
  }
  [[nodiscard]] std::uint16_t port() const override {
    if constexpr (std::is_same_v<Protocol, tcp>) {
      boost::system::error_code failed;
      const auto endpoint = shared->acceptor.local_endpoint(failed);
      return failed ? std::uint16_t{0} : endpoint.port();
    } else {
      return 0;
    }
  }
  [[nodiscard]] std::size_t connections() const override { return shared->open.size(); }

  std::shared_ptr<Shared<Protocol>> shared;
  std::string name{};  ///< of its socket, which goes with it
};

base::Result<std::unique_ptr<LocalServer>> LocalServer::create(asio::io_context& io, const Listen& listen, LocalHandler handler, ServerPatience patience) {
  auto kind = std::make_unique<Of<tcp>>(io, std::move(handler), patience);
  if (const auto listening = listen_on(kind->shared->acceptor, listen); !listening) return base::pass(listening);
  kind->shared->accept();
  return std::unique_ptr<LocalServer>(new LocalServer(std::move(kind)));
}

base::Result<std::unique_ptr<LocalServer>> LocalServer::create_own(asio::io_context& io, const std::string& path, LocalHandler handler, ServerPatience patience) {
  auto kind = std::make_unique<Of<unix_socket>>(io, std::move(handler), patience);
  if (const auto listening = listen_on(kind->shared->acceptor, path); !listening) return base::pass(listening);
  kind->name = path;
  kind->shared->accept();
  return std::unique_ptr<LocalServer>(new LocalServer(std::move(kind)));
}

LocalServer::LocalServer(std::unique_ptr<Kind> kind) : kind_(std::move(kind)) {}

LocalServer::~LocalServer() = default;

std::uint16_t LocalServer::port() const {
  return kind_->port();
}

std::size_t LocalServer::connections() const {
  return kind_->connections();
}

}  // namespace anju::gateway
