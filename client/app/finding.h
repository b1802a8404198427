// Lists for the screens: items by query and filters, centres by query, district and whether they are open.
#pragma once

#include "client/app/model.h"

namespace tongban::app {

/// `reading`: of the words typed, as the settings have the language.
/// Everything in the catalogue's order when there is no query; best hits first when there is one.
ItemResults find_items(const catalogue::Catalogue& catalogue, const catalogue::SearchIndex& index,
                       const ItemFilter& filter, catalogue::Reading reading);

/// With a query: best hits first. Without: by district, then as the catalogue has them.
CentreResults find_centres(const catalogue::Catalogue& catalogue, const catalogue::SearchIndex& index,
                           const CentreFilter& filter, Instant now);

}  // namespace tongban::app
