#include "platform/http/connection.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "platform/http/bound_access.hpp"
#include "platform/http/error.hpp"
#include "platform/http/event_socket.hpp"
#include "platform/http/file_part.hpp"
#include "platform/http/routes.hpp"
#include "protocols/wire/release.hpp"

namespace anju::platform {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using tcp = boost::asio::ip::tcp;

constexpr std::string_view kApi = "/api/v1";
constexpr std::uint64_t kMostFile = wire::kMaxRelease;  // the longest body of any route

std::chrono::milliseconds wait_of(base::Millis span) {
  return std::chrono::milliseconds(span.value);
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

std::optional<Method> method_of(http::verb verb) {
  if (verb == http::verb::get || verb == http::verb::head) return Method::get;
  if (verb == http::verb::post) return Method::post;
  if (verb == http::verb::put) return Method::put;
  if (verb == http::verb::delete_) return Method::del;
  return std::nullopt;
}

class Connection : public Closable, public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, SharedState& state) : stream_(std::move(socket)), state_(state) {
    beast::error_code failed;
    const auto peer = stream_.socket().remote_endpoint(failed);
    if (!failed) address_ = peer.address().to_string();
    ++state_.per_address[address_];
    state_.open.insert(this);
  }

  ~Connection() override {
    end_upload();
    state_.open.erase(this);
    if (--state_.per_address[address_] == 0) state_.per_address.erase(address_);
  }

  void start() {
    if (state_.open.size() > state_.options.most_connections ||
        state_.per_address[address_] > state_.options.most_per_address)
      return;  // the last reference goes, and the socket with it
    read_header();
  }

  void wind_down() override {
    if (!busy_) stream_.close();
  }

 private:
  void read_header() {
    parser_.emplace();
    parser_->header_limit(state_.options.header_bytes);
    parser_->body_limit(std::max(state_.options.upload_bytes, kMostFile));  // what the route takes is known behind the header
    stream_.expires_after(wait_of(state_.options.header_timeout));
    auto done = [self = shared_from_this()](beast::error_code failed, std::size_t) { self->on_header(failed); };
    http::async_read_header(stream_, buffer_, *parser_, std::move(done));
  }

  void on_header(beast::error_code failed) {
    if (failed == http::error::header_limit)
      return refuse_and_close(refuse(Refusal::too_large, "the header is too large"));
    if (failed == http::error::body_limit) return refuse_and_close(refuse(Refusal::too_large));
    if (failed) return close();
    busy_ = true;
    if (const Route* route = file_route()) return admit_upload(*route);
    const auto length = parser_->content_length();
    if (length && *length > state_.options.body_bytes) return refuse_and_close(refuse(Refusal::too_large));
    parser_->body_limit(state_.options.body_bytes);
    read_body(state_.options.body_timeout);
  }

  /// Whose body is a file, if the header asks for such a one; else null.
  [[nodiscard]] const Route* file_route() const {
    const auto& header = parser_->get();
    Request request;
    const auto method = method_of(header.method());
    if (!method || !parse_target(view(header.target()), request) || !request.path.starts_with(kApi)) return nullptr;
    const auto found = match(*method, std::string_view(request.path).substr(kApi.size()));
    return found && found->route->takes_file ? found->route : nullptr;
  }

  /// Large bodies are for people who are logged in and hold the permission, and for a few at a time, until they are answered: each lies in memory. The
  /// largest begin while there is no other.
  void admit_upload(const Route& route) {
    const auto length = parser_->content_length();
    const std::uint64_t most = route.file_bytes != 0 ? route.file_bytes : state_.options.upload_bytes;
    if (length && *length > most) return refuse_and_close(refuse(Refusal::too_large));
    parser_->body_limit(most);
    Request request;
    request.session_token = cookie_value(view(parser_->get()[http::field::cookie]), "anju_session");
    const std::size_t room = route.file_bytes != 0 ? 1 : state_.options.most_uploads;
    if (state_.uploads >= room) return refuse_and_close(refuse(Refusal::busy));
    const base::Millis patience = route.file_bytes != 0 ? state_.options.release_timeout : state_.options.upload_timeout;
    auto admitted = [self = shared_from_this(), patience, room, permission = route.permission](std::optional<Caller> caller) {
      if (!caller) return self->refuse_and_close(refuse(Refusal::unauthenticated));
      // The API refuses it as any other request, and writes that down; what is still on its way is not read.
      if (!caller->may(permission)) return self->answer(self->parser_->release(), false);
      // Others were let in while this one's session was looked up.
      if (self->state_.uploads >= room) return self->refuse_and_close(refuse(Refusal::busy));
      ++self->state_.uploads;
      self->uploading_ = true;
      self->read_body(patience);
    };
    state_.api.admit(request, std::move(admitted));
  }

  void end_upload() {
    if (std::exchange(uploading_, false)) --state_.uploads;
  }

  void read_body(base::Millis patience) {
    stream_.expires_after(wait_of(patience));
    auto done = [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_request(error); };
    http::async_read(stream_, buffer_, *parser_, std::move(done));
  }

  void on_request(beast::error_code failed) {
    if (failed == http::error::body_limit) return refuse_and_close(refuse(Refusal::too_large));
    if (failed) return close();
    auto message = parser_->release();
    const bool keep_alive = message.keep_alive();
    answer(std::move(message), keep_alive);
  }

  void answer(http::request<http::string_body> message, bool keep_alive) {
    stream_.expires_never();  // the work itself has limits of its own; nothing of this client is awaited now
    keep_alive_ = keep_alive;
    version_ = message.version();
    head_ = message.method() == http::verb::head;

    Request request;
    // Some proxies append to the header, others add one: the last entry of the last one is what ours has seen.
    std::string_view forwarded;
    const auto [begin, end] = message.equal_range("X-Forwarded-For");
    for (auto field = begin; field != end; ++field) forwarded = view(field->value());
    request.address = client_address(address_, state_.options.proxy, forwarded);
    const auto method = method_of(message.method());
    if (!method || !parse_target(view(message.target()), request)) return respond(refuse(Refusal::not_found));
    request.method = *method;
    request.content_type = std::string(view(message[http::field::content_type]));
    request.language = std::string(view(message[http::field::accept_language]));
    request.session_token = cookie_value(view(message[http::field::cookie]), "anju_session");
    request.bound_token = cookie_value(view(message[http::field::cookie]), kBoundCookie);
    request.csrf_token = std::string(view(message["X-CSRF-Token"]));

    auto reply = [self = shared_from_this()](Response response) {
      auto write = [self, response = std::move(response)]() mutable { self->respond(std::move(response)); };
      boost::asio::post(self->state_.io, std::move(write));
    };
    if (request.path == "/api/v1/events" && beast::websocket::is_upgrade(message))
      return upgrade(std::move(message), request);
    if (request.path == "/api" || request.path.starts_with("/api/")) {
      request.body = std::move(message.body());
      return state_.api.handle(std::move(request), std::move(reply));
    }
    if (*method != Method::get) return respond(refuse(Refusal::not_found));
    if (is_release_path(request.path)) {
      // Without a session: the name cannot be guessed, and what it names is signed and no secret.
      auto serve = [&shelf = state_.api.ports().release_offer.shelf, path = request.path, range = std::string(view(message[http::field::range])),
                    if_range = std::string(view(message[http::field::if_range])), reply] { reply(shelf.serve(path, {range, if_range})); };
      if (!state_.reads(std::move(serve))) respond(refuse(Refusal::busy));
      return;
    }
    const bool gzip = view(message[http::field::accept_encoding]).find("gzip") != std::string_view::npos;
    auto serve = [&files = state_.files, path = request.path, gzip, reply] { reply(files.serve(path, gzip)); };
    if (!state_.reads(std::move(serve))) respond(refuse(Refusal::busy));
  }

  void upgrade(http::request<http::string_body> message, const Request& request) {
    if (!origin_fits(view(message[http::field::origin]), view(message[http::field::host])))
      return respond(refuse(Refusal::bad_csrf));
    if (state_.sockets >= state_.options.most_sockets) return respond(refuse(Refusal::too_many));
    auto admitted = [self = shared_from_this(), message = std::move(message)](std::optional<Caller> caller) mutable {
      if (!caller) return self->respond(refuse(Refusal::unauthenticated));
      serve_events(std::move(self->stream_), std::move(message), std::move(*caller), self->state_);
    };
    state_.api.admit(request, std::move(admitted));
  }

  void refuse_and_close(Response response) {
    keep_alive_ = false;
    respond(std::move(response));
  }

  void respond(Response response) {
    end_upload();
    if (!response.file.empty()) return respond_file(std::move(response));
    auto message =
        std::make_shared<http::response<http::string_body>>(static_cast<http::status>(response.status), version_);
    describe(*message, response);
    if (response.status != 204) {
      message->set(http::field::content_type, response.content_type);
      message->body() = std::move(response.body);
    }
    message->keep_alive(keep_alive_ && !state_.stopping);
    message->prepare_payload();
    if (head_) message->body().clear();  // the length stays
    stream_.expires_after(wait_of(state_.options.write_timeout));
    auto done = [self = shared_from_this(), message](beast::error_code failed, std::size_t) {
      self->written(failed, message->keep_alive());
    };
    http::async_write(stream_, *message, std::move(done));
  }

  /// Piece by piece: neither is the file in memory, nor is its time limited as a whole, as long as it moves.
  void respond_file(Response response) {
    auto message = std::make_shared<http::response<FilePart>>(static_cast<http::status>(response.status), version_);
    FilePart::value_type& part = message->body();
    beast::error_code failed;
    part.file.open(response.file.c_str(), beast::file_mode::scan, failed);
    const std::uint64_t size = failed ? 0 : part.file.size(failed);
    if (!failed && response.file_from != 0) part.file.seek(response.file_from, failed);
    if (failed || response.file_from > size) return respond(refuse(Refusal::not_found));
    part.count = std::min(response.file_count.value_or(size), size - response.file_from);
    describe(*message, response);
    message->set(http::field::content_type, response.content_type);
    message->keep_alive(keep_alive_ && !head_ && !state_.stopping);  // a serializer that stops behind the header is never done
    message->prepare_payload();
    auto pieces = std::make_shared<http::response_serializer<FilePart>>(*message);
    pieces->split(head_);  // else the first bytes of the file would go out with the header
    write_piece(message, std::move(pieces));
  }

  void write_piece(std::shared_ptr<http::response<FilePart>> message, std::shared_ptr<http::response_serializer<FilePart>> pieces) {
    stream_.expires_after(wait_of(state_.options.write_timeout));
    auto done = [self = shared_from_this(), message, pieces](beast::error_code failed, std::size_t) {
      if (failed || pieces->is_done() || (self->head_ && pieces->is_header_done())) return self->written(failed, message->keep_alive());
      self->write_piece(message, pieces);
    };
    http::async_write_some(stream_, *pieces, std::move(done));
  }

  void written(beast::error_code failed, bool keep_alive) {
    busy_ = false;
    if (failed || !keep_alive || state_.stopping) return close();
    read_header();
  }

  template <class Message>
  void describe(Message& described, const Response& response) const {
    auto* message = &described;
    message->set("X-Content-Type-Options", "nosniff");
    message->set("X-Frame-Options", "DENY");
    message->set("Referrer-Policy", "same-origin");
    message->set("Cross-Origin-Opener-Policy", "same-origin");
    // Ant Design writes its styles into the page, hence 'unsafe-inline' for styles only.
    message->set(
        "Content-Security-Policy",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'");
    if (response.content_type == "application/json") message->set(http::field::cache_control, "no-store");
    for (const auto& [name, value] : response.headers) message->set(name, value);
  }

  void close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  SharedState& state_;
  std::string address_;
  beast::flat_buffer buffer_{64 * 1024};
  std::optional<http::request_parser<http::string_body>> parser_;
  unsigned version_ = 11;
  bool keep_alive_ = true;
  bool head_ = false;
  bool uploading_ = false;  ///< counts among SharedState::uploads
  bool busy_ = false;  ///< a request is under way
};

}  // namespace

std::string client_address(const std::string& peer, std::string_view proxy, std::string_view forwarded_for) {
  if (proxy.empty() || peer != proxy) return peer;
  std::string_view last = forwarded_for.substr(forwarded_for.rfind(',') + 1);
  while (!last.empty() && last.front() == ' ') last.remove_prefix(1);
  while (!last.empty() && last.back() == ' ') last.remove_suffix(1);
  boost::system::error_code failed;
  const auto address = boost::asio::ip::make_address(std::string(last), failed);
  return failed ? peer : address.to_string();
}

void serve_connection(tcp::socket socket, SharedState& state) {
  make_on_loop<Connection>(state, std::move(socket))->start();
}

}  // namespace anju::platform
