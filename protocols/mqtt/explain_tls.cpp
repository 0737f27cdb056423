#include "protocols/mqtt/explain_tls.hpp"

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace anju::mqtt {
namespace {

constexpr timeval kPatience{2, 0};  // for each of: connect, every read, every write

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freed<SSL_free>>;
using Addresses = std::unique_ptr<addrinfo, Freed<freeaddrinfo>>;

struct Socket {
  int handle = -1;
  Socket() = default;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { close(); }
  void open(int family) {
    close();
    handle = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  }
  void close() const {
    if (handle >= 0) ::close(handle);
  }
};

/// The oldest error of this thread, as one sentence without numbers; the rest is forgotten.
std::string library_error() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : "the connection was closed";
}

/// The host without the brackets of an IPv6 address.
std::string bare_host(const Url& url) {
  return url.host.front() == '[' ? url.host.substr(1, url.host.size() - 2) : url.host;
}

/// Empty when connected.
std::string connect(const Url& url, Socket& socket) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const std::string host = bare_host(url);
  if (const int unknown = ::getaddrinfo(host.c_str(), std::to_string(url.port).c_str(), &hints, &found); unknown != 0) {
    return host + ": " + ::gai_strerror(unknown);
  }
  const Addresses addresses(found);
  int failed = 0;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    socket.open(one->ai_family);
    for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO}) {
      (void)::setsockopt(socket.handle, SOL_SOCKET, option, &kPatience, sizeof kPatience);
    }
    if (::connect(socket.handle, one->ai_addr, one->ai_addrlen) == 0) return {};
    failed = errno == EINPROGRESS ? ETIMEDOUT : errno;  // what Linux says when SO_SNDTIMEO is over
  }
  return host + ":" + std::to_string(url.port) + ": " + std::strerror(failed);
}

std::string load(SSL_CTX* context, const Tls& tls) {
  if (SSL_CTX_load_verify_locations(context, tls.ca_file.c_str(), nullptr) != 1) {
    return "ca_file " + tls.ca_file + " holds no certificate: " + library_error();
  }
  if (tls.certificate_file.empty()) return {};
  if (SSL_CTX_use_certificate_chain_file(context, tls.certificate_file.c_str()) != 1) {
    return "certificate_file " + tls.certificate_file + " holds no certificate: " + library_error();
  }
  if (SSL_CTX_use_PrivateKey_file(context, tls.key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
    return "key_file " + tls.key_file + " holds no key of certificate_file: " + library_error();
  }
  return {};
}

}  // namespace

std::string explain_tls(const Url& url, const Tls& tls) {
  ERR_clear_error();
  const Context context(SSL_CTX_new(TLS_client_method()));
  if (!context) return "TLS: " + library_error();
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  if (const std::string wrong = load(context.get(), tls); !wrong.empty()) return wrong;
  Socket socket;
  if (const std::string wrong = connect(url, socket); !wrong.empty()) return wrong;

  const Session session(SSL_new(context.get()));
  const std::string host = bare_host(url);
  X509_VERIFY_PARAM* expected = SSL_get0_param(session.get());
  if (X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) != 1) {
    ERR_clear_error();  // a name, not an address
    (void)X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size());
    (void)SSL_set_tlsext_host_name(session.get(), host.c_str());
  }
  (void)SSL_set_fd(session.get(), socket.handle);
  if (SSL_connect(session.get()) != 1) {
    const long verified = SSL_get_verify_result(session.get());
    if (verified == X509_V_OK) return "TLS: " + library_error();
    return "TLS: the broker's certificate is not accepted for " + host + " under ca_file " + tls.ca_file + ": " +
           X509_verify_cert_error_string(verified);
  }
  // In TLS 1.3 the broker judges our certificate after our side of the handshake is done: its refusal comes with the first read.
  char byte = 0;
  if (SSL_read(session.get(), &byte, 1) <= 0 && ERR_peek_error() != 0) {
    return "TLS: the broker refuses us, check certificate_file: " + library_error();
  }
  return {};
}

}  // namespace anju::mqtt
