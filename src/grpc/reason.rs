//! The reasons of `ErrorReason`: how each is called on the wire, and what a reader of Vietnamese is told.

use super::generated::pb::ErrorReason;
use crate::service::ViolationReason;

/// The domain of every ErrorInfo.
pub const DOMAIN: &str = "bienban.v1";

/// Language of localized messages.
pub(super) const LOCALE: &str = "vi";

/// A reason as `ErrorInfo.reason` has it: the enum value's name without its prefix.
pub(super) fn name(reason: ErrorReason) -> &'static str {
    let name = reason.as_str_name();
    name.strip_prefix("ERROR_REASON_").unwrap_or(name)
}

/// The reason that a failed status carries; "NONE" where it carries none of ours.
pub(crate) fn of_status(status: &tonic::Status) -> &'static str {
    let told = tonic_types::StatusExt::get_details_error_info(status).map(|info| info.reason);
    let known = told.and_then(|told| ErrorReason::from_str_name(&format!("ERROR_REASON_{told}")));
    known.map_or("NONE", name)
}

/// The reason of a faulty field.
pub(super) fn of_violation(reason: ViolationReason) -> ErrorReason {
    match reason {
        ViolationReason::InvalidField => ErrorReason::InvalidField,
        ViolationReason::RequiredField => ErrorReason::RequiredField,
        ViolationReason::TextEmpty => ErrorReason::ReportTextEmpty,
        ViolationReason::TextTooLarge => ErrorReason::ReportTextTooLarge,
        ViolationReason::TextInvalid => ErrorReason::ReportTextInvalid,
        ViolationReason::InvalidDate => ErrorReason::InvalidDate,
        ViolationReason::InvalidResourceName => ErrorReason::InvalidResourceName,
        ViolationReason::InvalidPageToken => ErrorReason::InvalidPageToken,
        ViolationReason::PageTokenMismatch => ErrorReason::PageTokenMismatch,
        ViolationReason::PageTokenExpired => ErrorReason::PageTokenExpired,
        ViolationReason::InvalidFilter => ErrorReason::InvalidFilter,
        ViolationReason::InvalidQuery => ErrorReason::InvalidQuery,
        ViolationReason::InvalidOrderBy => ErrorReason::InvalidOrderBy,
    }
}

/// What a reader is told, in Vietnamese; `None` for errors that only concern the program that calls.
pub(super) fn localized(reason: ErrorReason) -> Option<&'static str> {
    Some(match reason {
        ErrorReason::ReportTextEmpty => "Bản tin không có nội dung.",
        ErrorReason::ReportTextTooLarge => "Bản tin dài quá mức cho phép.",
        ErrorReason::ReportTextInvalid => "Nội dung bản tin có ký tự không hợp lệ.",
        ErrorReason::InvalidDate => "Ngày không hợp lệ.",
        ErrorReason::InvalidFilter => "Điều kiện lọc không hợp lệ.",
        ErrorReason::InvalidQuery => "Câu tìm kiếm quá dài hoặc quá phức tạp.",
        ErrorReason::PageTokenExpired => "Danh sách đã thay đổi, vui lòng xem lại từ trang đầu.",
        ErrorReason::RequestTooLarge => "Dữ liệu gửi lên quá lớn.",
        ErrorReason::UrlTaken => "Địa chỉ này đã thuộc về một bản tin khác.",
        ErrorReason::EtagMismatch => "Dữ liệu đã được thay đổi, vui lòng tải lại rồi thử lại.",
        ErrorReason::ReportNotFound => "Không tìm thấy bản tin.",
        ErrorReason::MeetingNotFound => "Không tìm thấy cuộc họp.",
        ErrorReason::EntityNotFound => "Không tìm thấy đối tượng.",
        ErrorReason::CannotMerge => "Hai đối tượng này không thể hợp nhất.",
        ErrorReason::CannotSplit => "Không thể tách phần đã chọn khỏi đối tượng này.",
        ErrorReason::CorrectionNotFound => "Không tìm thấy bản đính chính.",
        ErrorReason::RevisionNotReached | ErrorReason::DeadlineExceeded => "Quá thời gian chờ, vui lòng thử lại.",
        ErrorReason::Overloaded => "Hệ thống đang quá tải, vui lòng thử lại sau.",
        ErrorReason::ShuttingDown | ErrorReason::NotReady | ErrorReason::StorageUnavailable => {
            "Hệ thống tạm thời chưa phục vụ được, vui lòng thử lại sau."
        }
        ErrorReason::RateLimited => "Yêu cầu quá nhiều, vui lòng thử lại sau.",
        ErrorReason::Unauthenticated => "Vui lòng đăng nhập.",
        ErrorReason::PermissionDenied => "Không có quyền thực hiện.",
        ErrorReason::Internal => "Hệ thống gặp lỗi.",
        ErrorReason::Unspecified
        | ErrorReason::InvalidField
        | ErrorReason::RequiredField
        | ErrorReason::InvalidResourceName
        | ErrorReason::InvalidPageToken
        | ErrorReason::PageTokenMismatch
        | ErrorReason::InvalidOrderBy
        | ErrorReason::RequestIdReused
        | ErrorReason::MalformedRequest
        | ErrorReason::RevisionUnknown
        | ErrorReason::NotSupported => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_prefix() {
        assert_eq!(name(ErrorReason::InvalidFilter), "INVALID_FILTER");
    }
}
