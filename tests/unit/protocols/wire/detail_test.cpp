#include "protocols/wire/detail.hpp"

#include <doctest/doctest.h>

using anju::wire::detail;

TEST_CASE("detail: names and values in order, nothing for what is empty") {
  CHECK(detail({{"reason", "timeout"}, {"text", ""}, {"offset_s", "-312"}}) == "reason=timeout; offset_s=-312");
  CHECK(detail({{"reason", ""}}).empty());
}

TEST_CASE("detail: no value ends early") {
  CHECK(detail({{"note", "a; b=c\nd"}, {"by", "王"}}) == "note=a, b=c,d; by=王");
}
