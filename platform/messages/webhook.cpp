#include "platform/messages/webhook.hpp"

#include <array>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <sodium.h>

#include "platform/messages/transfer.hpp"

namespace anju::platform {
namespace {

Carried judge(CURLcode code, long status) {
  // An answer that was too long to be read is one, too.
  if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && status != 0)) return {Carried::End::again, word_of(code)};
  const std::string reason = "http_" + std::to_string(status);
  if (status >= 200 && status < 300) return {Carried::End::accepted, reason};
  // 401 402 403 404 407: the configuration's fault, or an account that is empty; the message is not at fault.
  const bool try_again = status == 408 || status == 429 || (status >= 401 && status <= 404) || status == 407;
  const bool for_good = status >= 400 && status < 500 && !try_again;
  return {for_good ? Carried::End::refused : Carried::End::again, reason};
}

class Webhook : public MessageProvider {
 public:
  explicit Webhook(WebhookSettings settings)
      : secret_(std::move(settings.secret)), transfer_(std::move(settings.url), "http,https", std::move(settings.ca_file)) {}

  Carried send(const Outgoing& message, const MessageText& text) override {
    CURL* handle = transfer_.fresh();
    if (handle == nullptr) return {Carried::End::again, word_of(CURLE_FAILED_INIT)};
    const std::string body = webhook_body(message, text);
    List headers;
    append(headers, "Content-Type: application/json");
    append(headers, "X-Anju-Signature: sha256=" + webhook_signature(secret_, body));
    append(headers, "User-Agent: anju-platform");
    append(headers, "Expect:");  // a short body needs no leave
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.c_str());
    const CURLcode code = transfer_.perform();
    return judge(code, transfer_.answered());
  }

  void stop() override { transfer_.stop(); }

 private:
  std::string secret_;
  Transfer transfer_;
};

}  // namespace

std::unique_ptr<MessageProvider> create_webhook(WebhookSettings settings) { return std::make_unique<Webhook>(std::move(settings)); }

std::string webhook_body(const Outgoing& message, const MessageText& text) {
  boost::json::object values;
  for (const NamedValue& one : named(message.values)) values[one.name] = one.value;
  return boost::json::serialize(boost::json::object{{"id", message.key},
                                                    {"to", message.address},
                                                    {"text", text.text},
                                                    {"template", to_string(message.kind)},
                                                    {"language", to_string(message.language)},
                                                    {"count", message.count},
                                                    {"values", std::move(values)}});
}

std::string webhook_signature(const std::string& secret, const std::string& body) {
  const auto bytes = [](const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); };
  crypto_auth_hmacsha256_state state;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
  crypto_auth_hmacsha256_init(&state, bytes(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, bytes(body), body.size());
  crypto_auth_hmacsha256_final(&state, code.data());
  std::string text;
  for (const unsigned char one : code) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[one >> 4U];
    text += kDigits[one & 15U];
  }
  return text;
}

}  // namespace anju::platform
