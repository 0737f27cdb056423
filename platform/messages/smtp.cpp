#include "platform/messages/smtp.hpp"

#include <algorithm>
#include <utility>

#include "platform/messages/mail.hpp"
#include "platform/messages/transfer.hpp"

namespace anju::platform {
namespace {

struct Unread {
  std::string_view text;
};

std::size_t read_mail(char* into, std::size_t size, std::size_t count, void* from) {
  auto& rest = static_cast<Unread*>(from)->text;
  const std::size_t bytes = std::min(size * count, rest.size());
  std::copy_n(rest.data(), bytes, into);
  rest.remove_prefix(bytes);
  return bytes;
}

class Smtp : public MessageProvider {
 public:
  Smtp(SmtpSettings settings, std::function<base::UtcMillis()> now)
      : settings_(std::move(settings)), now_(std::move(now)), transfer_(settings_.url, "smtp,smtps", settings_.ca_file) {}

  Carried send(const Outgoing& message, const MessageText& text) override {
    CURL* handle = transfer_.fresh();
    if (handle == nullptr) return {Carried::End::again, word_of(CURLE_FAILED_INIT)};
    const std::string mail = mail_of(message, text, settings_.from, now_());
    Unread unread{mail};
    List to;
    append(to, "<" + message.address + ">");
    const std::string from = "<" + settings_.from + ">";
    curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(settings_.tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!settings_.user.empty()) {
      curl_easy_setopt(handle, CURLOPT_USERNAME, settings_.user.c_str());
      curl_easy_setopt(handle, CURLOPT_PASSWORD, settings_.password.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &read_mail);
    curl_easy_setopt(handle, CURLOPT_READDATA, &unread);
    const CURLcode code = transfer_.perform();
    const long answer = transfer_.answered();
    if (code == CURLE_OK) return {Carried::End::accepted, {}};
    // A login that fails is the configuration's fault, not the mail's.
    if (answer < 400 || code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED || code == CURLE_OPERATION_TIMEDOUT || code == CURLE_ABORTED_BY_CALLBACK)
      return {Carried::End::again, word_of(code)};
    return {answer >= 500 ? Carried::End::refused : Carried::End::again, "smtp_" + std::to_string(answer)};
  }

  void stop() override { transfer_.stop(); }

 private:
  SmtpSettings settings_;
  std::function<base::UtcMillis()> now_;
  Transfer transfer_;
};

}  // namespace

std::unique_ptr<MessageProvider> create_smtp(SmtpSettings settings, std::function<base::UtcMillis()> now) {
  return std::make_unique<Smtp>(std::move(settings), std::move(now));
}

}  // namespace anju::platform
