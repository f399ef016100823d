use super::*;

#[tokio::test]
async fn a_burst_waits_and_is_served() {
    let desk = Arc::new(Desk::new(1, 1, 1));
    let first = desk.place().await.unwrap();
    let second = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move { desk.place().await.is_some() }
    });
    tokio::task::yield_now().await;
    drop(first);
    assert!(second.await.unwrap());
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let desk = Desk::new(1, 1, 1);
    let _first = desk.place().await.unwrap();
    assert!(desk.place().await.is_none());
}

#[tokio::test]
async fn in_overload_there_are_fewer_places_and_in_a_flood_fewer_still() {
    let desk = Desk::new(8, 2, 1);
    for (width, places) in [(Width::Narrow, 2), (Width::Spare, 1), (Width::Wide, 8)] {
        desk.crowding().become_of(width, Instant::now());
        let mut held = Vec::new();
        for _ in 0..places {
            held.push(desk.place().await.unwrap());
        }
        assert!(desk.place().await.is_none(), "{width:?}");
    }
}

#[tokio::test]
async fn whoever_waits_when_the_desk_becomes_narrow_is_sent_away() {
    let desk = Arc::new(Desk::new(1, 1, 1));
    let _held = desk.place().await.unwrap();
    let waiting = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move { desk.wide_place().await.is_none() }
    });
    tokio::task::yield_now().await;
    desk.narrowed.notify_waiters();
    assert!(waiting.await.unwrap());
}

#[test]
fn a_queue_that_stands_is_overload_and_a_burst_is_not() {
    let (begun, burst) = (Instant::now(), BURST.2);
    let mut crowding = Crowding::new(begun);
    crowding.found_free(begun, burst);
    assert!(!crowding.full(begun + 2 * burst, 2.0, false), "few had to wait");
    let everybody_is_late = |crowding: &mut Crowding, now| (0..SOME).for_each(|_| crowding.waited(begun, now, false));
    everybody_is_late(&mut crowding, begun + burst);
    crowding.waited(begun + burst, begun + burst, false);
    assert!(!crowding.full(begun + 2 * burst, 2.0, false), "somebody did not wait for long");
    everybody_is_late(&mut crowding, begun + 2 * burst);
    crowding.waited(begun + 2 * burst, begun + 2 * burst, true);
    assert!(crowding.full(begun + 3 * burst, 2.0, false) && !crowding.full(begun + 3 * burst, 2.0, false));
    assert_eq!(crowding.width, Width::Narrow, "few came");
    let mut crowding = Crowding::new(begun);
    everybody_is_late(&mut crowding, begun + 2 * burst);
    assert!(!crowding.full(begun + 3 * burst, 2.0, true), "the line is short");
    crowding.become_of(Width::Wide, begun);
    for _ in 0..2 * SOME {
        crowding.comes(begun, 2.0);
        crowding.full(begun, 2.0, false);
    }
    crowding.late = SOME;
    assert!(crowding.full(begun + 2 * burst, 2.0, false));
    assert_eq!(crowding.width, Width::Spare, "many came, and nobody got a place");
}

/// What the desk becomes, by and by, where this share is sent away while it is narrow and that one while it is spare.
fn widths(narrow: f64, spare: f64) -> Vec<Width> {
    let mut now = Instant::now();
    let mut crowding = Crowding::new(now);
    crowding.become_of(Width::Narrow, now);
    let mut widths = vec![Width::Narrow];
    for call in 0..10_000_u32 {
        now += Duration::from_millis(1);
        let width = crowding.comes(now, 2.0);
        if widths.last() != Some(&width) {
            widths.push(width);
        }
        let share = match width {
            // It stays so, or a queue stands at once.
            Width::Wide if narrow <= FEW => break,
            Width::Wide => {
                crowding.late = SOME;
                crowding.full(now + 2 * BURST.2, 2.0, false);
                continue;
            }
            Width::Narrow => narrow,
            Width::Spare => spare,
        };
        // Evenly among them.
        crowding.refused += u32::from(f64::from(call * 37 % 100) < 100.0 * share);
    }
    widths
}

#[test]
fn the_desk_follows_what_comes() {
    assert_eq!(widths(0.0, 0.0), [Width::Narrow, Width::Wide], "it is over");
    let tried = widths(0.3, 0.0);
    assert!(
        tried.len() > 2 && tried.len() < 12,
        "a little more than there are places for, tried ever more seldom: {tried:?}"
    );
    assert!(!tried.contains(&Width::Spare));
    assert_eq!(widths(0.75, 0.88), [Width::Narrow, Width::Spare], "four times as much");
    let mut crowding = Crowding::new(Instant::now());
    crowding.become_of(Width::Spare, crowding.since);
    (crowding.came, crowding.refused) = (1000, 750);
    assert_eq!(
        crowding.comes(crowding.since + 2 * FLOOD.1, 2.0),
        Width::Narrow,
        "half of those who come would fit into twice as many places"
    );
}

#[test]
fn patience_follows_the_work() {
    let desk = Desk::new(1, 1, 1);
    assert_eq!((desk.patience(), desk.burst()), (OVERLOAD.0, BURST.1));
    desk.usual.store(3_000, Ordering::Relaxed);
    assert_eq!((desk.patience(), desk.burst()), (Duration::from_millis(3), Duration::from_millis(36)));
    desk.usual.store(u64::MAX, Ordering::Relaxed);
    assert_eq!((desk.patience(), desk.burst()), (OVERLOAD.1, BURST.2));
}
