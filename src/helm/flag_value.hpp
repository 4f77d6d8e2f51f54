// What stands after a flag, read as Go and pflag read it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helm {

// strconv.ParseBool: 1 t T true TRUE True and their opposites.
std::optional<bool> parse_go_bool(std::string_view text);
// time.ParseDuration, rounded up to whole seconds: "1h30m", "90s", "1.5h", "0".
std::optional<std::chrono::seconds> parse_go_duration(std::string_view text);
// The first record of a CSV text (encoding/csv), which is what pflag's list flags take: "a,b" has
// two fields, "\"a,b\",c" as well. An empty text has none. Nothing when a quote is misplaced.
std::optional<std::vector<std::string>> parse_csv_record(std::string_view text);
// A field as it must be written to be read back by parse_csv_record().
std::string csv_field(std::string_view field);

// Whether `value` fits a flag's type (Flag::type): the empty string if so, else what it must be, to
// be put after "must be " ("a duration such as 10m or 1h30m").
std::string type_complaint(std::string_view type, std::string_view value);

}  // namespace helm
