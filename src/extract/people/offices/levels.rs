//! Which party committee an office is of, by the offices beside it.

use super::Office;

/// The "Đảng ủy" of the "Bí thư Đảng ủy, Giám đốc Sở Y tế" is the department's, not the "Đảng ủy phường Tân Hòa" that the report names elsewhere;
/// that of the "Bí thư Đảng ủy, Chủ tịch HĐND phường" is not the "Đảng ủy UBND tỉnh".
pub(super) fn own_party(offices: &mut [Office]) {
    let told = |office: &Office| office.said && !office.former && !office.body.is_bare_party();
    let beside = offices.iter().filter(|office| told(office)).find_map(|office| level(&office.body.full));
    let elsewhere = |office: &Office| {
        let other = level(&office.body.full);
        beside.is_some() && other.is_some() && beside != other
    };
    let led = offices.iter().any(|office| {
        let full = office.body.full.to_lowercase();
        let words: Vec<&str> = full.split(' ').collect();
        let of_unit = ["xã", "phường", "thị", "đặc", "khu", "ubnd", "hđnd", "ủy", "uỷ", "hội"]
            .iter()
            .any(|word| words.contains(word));
        office.said
            && !office.deputy
            && words.len() > 1
            && !of_unit
            && !full.contains("đảng")
            && !office.title_key.contains("vien2")
    });
    for office in offices.iter_mut().filter(|office| office.body.is_bare_party() && (led || elsewhere(office))) {
        office.body.full.clone_from(&office.body.written);
    }
}

/// "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức | Tỉnh ủy": the committee is that of the party's body named behind, whatever other the report names.
pub(super) fn standing_committee(offices: &mut [Office]) {
    const LEVELS: [&str; 10] = [
        "Tỉnh ủy",
        "Tỉnh uỷ",
        "Thành ủy",
        "Thành uỷ",
        "Huyện ủy",
        "Huyện uỷ",
        "Quận ủy",
        "Quận uỷ",
        "Thị ủy",
        "Thị uỷ",
    ];
    for at in 0..offices.len().saturating_sub(1) {
        let (before, behind) = offices.split_at_mut(at + 1);
        let office = &mut before[at];
        if !matches!(office.body.written.as_str(), "Ban Thường vụ" | "ban thường vụ" | "Ban thường vụ" | "BTV")
        {
            continue;
        }
        let party = |body: &str| LEVELS.iter().find_map(|level| body.find(level)).map(|from| body[from..].to_owned());
        if let Some(party) = behind.iter().filter(|next| !next.former).find_map(|next| party(&next.body.full)) {
            office.body.full = format!("{} {party}", office.body.written);
        }
    }
}

/// The unit word in a body's name: what "Tỉnh ủy" and "UBND tỉnh Cà Mau" have in common.
pub(super) fn level(body: &str) -> Option<&'static str> {
    const LEVELS: [(&str, &str); 9] = [
        ("tỉnh", "tỉnh"),
        ("huyện", "huyện"),
        ("quận", "quận"),
        ("phường", "phường"),
        ("xã", "xã"),
        ("thành phố", "thành phố"),
        ("tp", "thành phố"),
        ("thành ủy", "thành phố"),
        ("thành uỷ", "thành phố"),
    ];
    let words = format!(" {} ", body.to_lowercase().replace('.', " "));
    LEVELS.into_iter().find(|(word, _)| words.contains(&format!(" {word} "))).map(|(_, level)| level)
}
