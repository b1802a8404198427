#include "shared/usecases/way.h"

namespace tongban::usecases {

Way way_of(const catalogue::Item* item) {
  using catalogue::Evidence;
  if (!item || item->mode_evidence == Evidence::None || item->mode_evidence == Evidence::Suggested) return Way::WindowChooses;
  switch (item->mode) {
    case catalogue::Mode::Direct: return Way::Direct;
    case catalogue::Mode::AcceptSeparate: return Way::AcceptSeparate;
    case catalogue::Mode::OutsideReview: return Way::OutsideReview;
    case catalogue::Mode::Unpublished: break;
  }
  return Way::WindowChooses;
}

}  // namespace tongban::usecases
