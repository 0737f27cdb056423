#include "platform/messages/mail.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include <sodium.h>

namespace anju::platform {
namespace {

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the zero
  return text;
}

/// Encoded words of at most 75 characters (RFC 2047, 2), cut between characters.
std::string encoded_words(std::string_view text) {
  constexpr std::size_t kBytes = 42;  // 56 characters of base64
  std::string words;
  while (!text.empty()) {
    std::size_t size = std::min(kBytes, text.size());
    while (size < text.size() && size > 1 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) --size;
    words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return words;
}

}  // namespace

std::string mail_date(base::UtcMillis at) {
  using namespace std::chrono;
  const sys_seconds seconds{duration_cast<std::chrono::seconds>(milliseconds(at.value))};
  const auto day = floor<days>(seconds);
  const year_month_day date(day);
  const hh_mm_ss time(seconds - day);
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %d %02d:%02d:%02d +0000", kDays.at(weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return text.data();
}

std::string mail_of(const Outgoing& message, const MessageText& text, const std::string& from, base::UtcMillis now) {
  const std::string host = from.substr(from.find('@') + 1);
  std::string mail = "Date: " + mail_date(now) + "\r\nFrom: <" + from + ">\r\nTo: <" + message.address + ">\r\nSubject: " + encoded_words(text.title) +
                     "\r\nMessage-ID: <" + message.key + ".anju@" + host +
                     ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  const std::string body = base64(text.text + "\r\n");
  constexpr std::size_t kLine = 76;
  for (std::size_t at = 0; at < body.size(); at += kLine) mail += body.substr(at, kLine) + "\r\n";
  return mail;
}

}  // namespace anju::platform
