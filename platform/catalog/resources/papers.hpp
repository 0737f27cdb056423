#pragma once

// What people prove with who they are (证件类型): of residents and of a house's owner.

#include <array>

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

inline constexpr std::array kPapers{
    Choice{"id_card", {"居民身份证", "Resident ID card"}},
    Choice{"passport", {"护照", "Passport"}},
    Choice{"hk_macao", {"港澳居民来往内地通行证", "Mainland travel permit (HK, Macao)"}},
    Choice{"taiwan", {"台湾居民来往大陆通行证", "Mainland travel permit (Taiwan)"}},
    Choice{"officer", {"军官证", "Officer's card"}},
    Choice{"other", {"其他证件", "Other document"}},
};

}  // namespace anju::platform::catalog
