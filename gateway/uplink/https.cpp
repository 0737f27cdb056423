#include "gateway/uplink/https.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <charconv>
#include <memory>
#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
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

struct Question {
  const WebAddress& address;
  const Trust& trust;
  const std::string& path;
  const std::string& body;
  std::size_t limit;
  std::chrono::milliseconds timeout;
};

/// Of the key that the peer has just shown to hold. Empty: it showed none.
std::string pin_of(SSL* connection) {
  const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(connection), &X509_free);
  return shown ? pki::public_key_pin(*shown) : std::string();
}

http::request<http::string_body> request_of(const Question& question) {
  http::request<http::string_body> request(http::verb::post, question.path, 11);
  const bool v6 = question.address.host.find(':') != std::string::npos;
  request.set(http::field::host, (v6 ? "[" + question.address.host + "]" : question.address.host) + ":" + std::to_string(question.address.port));
  request.set(http::field::content_type, "application/json");
  request.set(http::field::connection, "close");
  request.body() = question.body;
  request.prepare_payload();
  return request;
}

template <class Stream>
asio::awaitable<WebAnswer> exchange(Stream& stream, const Question& question) {
  const auto request = request_of(question);
  beast::get_lowest_layer(stream).expires_after(question.timeout);
  co_await http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(question.limit);
  co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
  WebAnswer answer;
  answer.status = static_cast<int>(parser.get().result_int());
  answer.body = std::move(parser.get().body());
  const auto wait = parser.get()[http::field::retry_after];
  std::from_chars(wait.data(), wait.data() + wait.size(), answer.retry_after_s);
  co_return answer;
}

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

asio::awaitable<base::Result<WebAnswer>> ask_securely(asio::io_context& io, asio::ssl::context& context, const Question& question) {
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
  co_return co_await exchange(stream, question);
}

asio::awaitable<base::Result<WebAnswer>> ask_openly(asio::io_context& io, const Question& question) {
  beast::tcp_stream stream(io);
  co_await connect(stream, question);
  co_return co_await exchange(stream, question);
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
  const Question question{address, trust, path, body, limit, timeout};
  base::Result<WebAnswer> answer = base::fail(WebErrc::unreachable, "no answer");
  const auto keep = [&answer](std::exception_ptr failure, base::Result<WebAnswer> result) {
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
    asio::co_spawn(io, ask_securely(io, context, question), keep);
  } else {
    asio::co_spawn(io, ask_openly(io, question), keep);
  }
  io.run();
  return answer;
}

}  // namespace anju::gateway
