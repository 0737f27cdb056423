#include "platform/catalog/masking.hpp"

#include <doctest/doctest.h>

#include <array>

using anju::platform::catalog::is_mask;
using anju::platform::catalog::masked;

TEST_CASE("masking: phones, identity numbers and names keep what the conventions say, and no text keeps more than half of a short number") {
  struct Row {
    const char *text, *shown;
  };
  for (const Row& row : std::array{Row{"", ""},
                                   Row{"13800001234", "138****1234"},
                                   Row{"+8613800001234", "+86****1234"},
                                   Row{"0571-8888888", "057****8888"},
                                   Row{"8888888", "8****88"},
                                   Row{"110", "****"},
                                   Row{"110101199001011234", "110***********1234"},
                                   Row{"11010119900101123X", "110***********123X"},
                                   Row{"110101900101123", "110********1123"},
                                   Row{"王小明", "王**"},
                                   Row{"王", "王**"},
                                   Row{"Smith", "S**"},
                                   Row{"X", "X**"}}) {
    CAPTURE(row.text);
    CHECK(masked(row.text) == row.shown);
    CHECK(is_mask(row.shown) == !std::string_view(row.text).empty());
    CHECK_FALSE(is_mask(row.text));
  }
}

TEST_CASE("masking: words with stars in them are no masks") {
  for (const char* text : {"*", "***", "**重要**", "5* 酒店", "王小**", "138*0001", "12345****0001", "见 2**3"}) {
    CAPTURE(text);
    CHECK_FALSE(is_mask(text));
  }
}
