#include "gateway/uplink/https.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <charconv>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "protocols/pki/public_key_pin.hpp"

namespace anju::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using Secure = beast::ssl_stream<beast::tcp_stream>;

/// Of whom, and for how long.
struct Question {
  const WebAddress& address;
  const Trust& trust;
  std::chrono::milliseconds timeout;
};

/// Of the key that the peer has just shown to hold. Empty: it showed none.
std::string pin_of(SSL* connection) {
  const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(connection), &X509_free);
  return shown ? pki::public_key_pin(*shown) : std::string();
}

std::string host_field(const WebAddress& address) {
  const bool v6 = address.host.find(':') != std::string::npos;
  return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

std::int64_t seconds_of(std::string_view wait) {
  std::int64_t seconds = 0;
  std::from_chars(wait.data(), wait.data() + wait.size(), seconds);
  return seconds;
}

/// What is exchanged over a connection that stands.
struct PostJson {
  using Answer = WebAnswer;
  const std::string& path;
  const std::string& body;
  std::size_t limit;

  template <class Stream>
  asio::awaitable<WebAnswer> operator()(Stream& stream, const Question& question) const {
    http::request<http::string_body> request(http::verb::post, path, 11);
    request.set(http::field::host, host_field(question.address));
    request.set(http::field::content_type, "application/json");
    request.set(http::field::connection, "close");
    request.body() = body;
    request.prepare_payload();
    beast::get_lowest_layer(stream).expires_after(question.timeout);
    co_await http::async_write(stream, request, asio::use_awaitable);
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(limit);
    co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
    WebAnswer answer;
    answer.status = static_cast<int>(parser.get().result_int());
    answer.body = std::move(parser.get().body());
    answer.retry_after_s = seconds_of(parser.get()[http::field::retry_after]);
    co_return answer;
  }
};

struct GetFile {
  using Answer = FileAnswer;
  const std::string& path;
  const FilePart& part;
  const std::function<bool(const FileAnswer&)>& begin;
  const std::function<bool(std::string_view)>& take;

  template <class Stream>
  asio::awaitable<FileAnswer> operator()(Stream& stream, const Question& question) const {
    http::request<http::empty_body> request(http::verb::get, path, 11);
    request.set(http::field::host, host_field(question.address));
    request.set(http::field::connection, "close");
    if (part.from > 0) request.set(http::field::range, "bytes=" + std::to_string(part.from) + "-");
    if (part.from > 0 && !part.if_range.empty()) request.set(http::field::if_range, part.if_range);
    beast::get_lowest_layer(stream).expires_after(question.timeout);
    co_await http::async_write(stream, request, asio::use_awaitable);
    beast::flat_buffer buffer(kPiece);
    http::response_parser<http::buffer_body> parser;
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());  // `take` knows how much is enough
    co_await http::async_read_header(stream, buffer, parser, asio::use_awaitable);
    const auto& head = parser.get();
    const auto length = parser.content_length();
    FileAnswer answer{static_cast<int>(head.result_int()), std::string(head[http::field::content_range]), std::string(head[http::field::etag]),
                      length ? static_cast<std::int64_t>(*length) : -1, seconds_of(head[http::field::retry_after])};
    if (!begin(answer)) co_return answer;
    std::vector<char> piece(kPiece);
    while (!parser.is_done()) {
      parser.get().body().data = piece.data();
      parser.get().body().size = piece.size();
      beast::get_lowest_layer(stream).expires_after(question.timeout);
      boost::system::error_code failed;
      co_await http::async_read_some(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failed));
      const std::size_t count = piece.size() - parser.get().body().size;
      if (count > 0 && !take({piece.data(), count})) co_return answer;
      if (failed && failed != http::error::need_buffer) throw boost::system::system_error(failed);
    }
    co_return answer;
  }

 private:
  static constexpr std::size_t kPiece = 16 * 1024;
};

/// Name and connection.
asio::awaitable<void> connect(beast::tcp_stream& stream, const Question& question) {
  Tcp::resolver resolver(stream.get_executor());
  const auto found = co_await resolver.async_resolve(question.address.host, std::to_string(question.address.port), asio::use_awaitable);
  stream.expires_after(question.timeout);
  co_await stream.async_connect(found, asio::use_awaitable);
}

/// What the verification found, in words; the clock of a box that was off for long is the usual reason for the first two.
std::string why_untrusted(SSL* connection, const boost::system::system_error& failure) {
  const long verdict = SSL_get_verify_result(connection);
  if (verdict == X509_V_OK) return "the secure connection failed (" + std::string(failure.code().message()) + "); is this an https address?";
  std::string why = std::string("its certificate is not accepted: ") + X509_verify_cert_error_string(verdict);
  if (verdict == X509_V_ERR_CERT_NOT_YET_VALID || verdict == X509_V_ERR_CERT_HAS_EXPIRED) why += "; is the clock of this box right?";
  return why + "; name its authority with --ca FILE, or give the pin under the code with --pin";
}

template <class Work>
asio::awaitable<base::Result<typename Work::Answer>> ask_securely(asio::io_context& io, asio::ssl::context& context, const Question& question,
                                                                  const Work& work) {
  Secure stream(io, context);
  SSL* connection = stream.native_handle();
  const std::string& host = question.address.host;
  boost::system::error_code no_address;
  asio::ip::make_address(host, no_address);
  // Addresses are not names: TLS forbids to send them (RFC 6066, 3).
  if (no_address) SSL_set_tlsext_host_name(connection, host.c_str());
  if (question.trust.pin.empty()) {
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(host));
  }
  co_await connect(beast::get_lowest_layer(stream), question);
  beast::get_lowest_layer(stream).expires_after(question.timeout);
  std::optional<std::string> refused;
  try {
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  } catch (const boost::system::system_error& failure) {
    // A way that breaks or falls silent says nothing about who is there.
    if (failure.code() == beast::error::timeout || failure.code() == asio::error::connection_reset) throw;
    refused = why_untrusted(connection, failure);
  }
  if (!refused && !question.trust.pin.empty() && pin_of(connection) != question.trust.pin) refused = "it holds another key than the pin says: do not go on, ask the office";
  if (refused) co_return base::fail(WebErrc::untrusted, *refused);
  co_return co_await work(stream, question);
}

template <class Work>
asio::awaitable<base::Result<typename Work::Answer>> ask_openly(asio::io_context& io, const Question& question, const Work& work) {
  beast::tcp_stream stream(io);
  co_await connect(stream, question);
  co_return co_await work(stream, question);
}

template <class Work>
base::Result<typename Work::Answer> ask(const WebAddress& address, const Trust& trust, std::chrono::milliseconds timeout, const Work& work) {
  asio::io_context io;
  asio::ssl::context context(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  boost::system::error_code unread;
  if (trust.ca_file.empty()) {
    context.set_default_verify_paths(unread);
  } else {
    context.load_verify_file(trust.ca_file, unread);
  }
  if (unread) return base::fail(WebErrc::bad_trust, trust.ca_file + ": holds no certificate that can be read (" + unread.message() + ")");
  const Question question{address, trust, timeout};
  base::Result<typename Work::Answer> answer = base::fail(WebErrc::unreachable, "no answer");
  const auto keep = [&answer](std::exception_ptr failure, base::Result<typename Work::Answer> result) {
    if (!failure) {
      answer = std::move(result);
      return;
    }
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& why) {
      answer = base::fail(WebErrc::unreachable, why.what());
    }
  };
  if (address.tls) {
    asio::co_spawn(io, ask_securely(io, context, question, work), keep);
  } else {
    asio::co_spawn(io, ask_openly(io, question, work), keep);
  }
  io.run();
  return answer;
}

}  // namespace

std::string_view to_string(WebErrc errc) {
  switch (errc) {
    case WebErrc::unreachable: return "unreachable";
    case WebErrc::untrusted: return "untrusted";
    case WebErrc::bad_trust: return "bad_trust";
  }
  return "unknown";
}

base::Result<WebAnswer> post_json(const WebAddress& address, const Trust& trust, const std::string& path, const std::string& body, std::size_t limit,
                                  std::chrono::milliseconds timeout) {
  return ask(address, trust, timeout, PostJson{path, body, limit});
}

base::Result<FileAnswer> get_file(const FileAddress& address, const Trust& trust, const FilePart& part,
                                  const std::function<bool(const FileAnswer&)>& begin, const std::function<bool(std::string_view)>& take,
                                  std::chrono::milliseconds timeout) {
  return ask(address.server, trust, timeout, GetFile{address.path, part, begin, take});
}

}  // namespace anju::gateway
