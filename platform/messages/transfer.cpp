#include "platform/messages/transfer.hpp"

#include <mutex>
#include <utility>

namespace anju::platform {
namespace {

/// The answer is counted and forgotten: it may quote the message.
std::size_t swallow(char*, std::size_t size, std::size_t count, void* heard) {
  auto& total = *static_cast<std::size_t*>(heard);
  total += size * count;
  return total > kMostAnswer ? 0 : size * count;
}

int go_on(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return *static_cast<std::atomic<bool>*>(stopping) ? 1 : 0; }

}  // namespace

Transfer::Transfer(std::string url, std::string protocols, std::string ca_file)
    : url_(std::move(url)), protocols_(std::move(protocols)), ca_file_(std::move(ca_file)) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  handle_.reset(curl_easy_init());
}

CURL* Transfer::fresh() {
  CURL* handle = handle_.get();
  if (handle == nullptr) return nullptr;
  curl_easy_reset(handle);
  heard_ = 0;
  curl_easy_setopt(handle, CURLOPT_URL, url_.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols_.c_str());
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // the configuration says where to, not the environment
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, kTransferSeconds);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!ca_file_.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, ca_file_.c_str());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &swallow);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &heard_);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &go_on);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &stopping_);
  return handle;
}

CURLcode Transfer::perform() { return curl_easy_perform(handle_.get()); }

long Transfer::answered() const {
  long number = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &number);
  return number;
}

void append(List& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return;
  static_cast<void>(list.release());
  list.reset(longer);
}

std::string word_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return "unreachable";
    case CURLE_OPERATION_TIMEDOUT: return "timeout";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED: return "tls";
    case CURLE_LOGIN_DENIED: return "login";
    case CURLE_ABORTED_BY_CALLBACK: return "stopping";
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT: return "out_of_memory";
    default: return "connection";  // broken off, or not understood
  }
}

}  // namespace anju::platform
