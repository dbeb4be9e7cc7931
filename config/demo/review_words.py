"""What the service and the team write about the two discussions."""

REVIEW_ON_SCREEN = {
    "agencies-1": "Youth justice since March, children's social care since last autumn, speech and "
    "language therapy since May.",
    "agencies-2": "Youth justice meets the child twice a week.\nSocial care visits every ten days.\nThe "
    "therapist has met the child four times and trained two of us.",
    "assessing-1": "The child is proud of football coaching and of two younger sisters. Loud places are "
    "hard: we learned that only from the therapist.",
    "assessing-2": "Police told us of two incidents near the station. Nobody was hurt, and the pattern was the same.",
    "planning-1": "At a meeting in April we wrote one plan with a name and a date at each line. We looked "
    "at it again in May.",
    "planning-2": "The plan kept the child away from the station on Fridays and put the coaching in that place.",
    "delivery-1": "Eleven of twelve sessions took place. School attendance went from 40 to 75 per cent.",
    "delivery-2": "A short call each Monday. Twice the plan changed within two days because of it.",
    "help-and-hindrance-1": "One plan instead of three, and the same room every Monday.",
    "help-and-hindrance-2": "Health records came late. The manager now asks for them on the first day.",
    "voices-1": "The child asked for shorter meetings, and got them. The mother said that she was listened to.",
    "voices-2": "The person harmed did not want contact, and wanted to know when the order ends. The "
    "victim worker told them.",
    "learning-1": "Ask the therapist before we write the plan.",
    "learning-2": "Every new plan is read by the therapist; the team manager leads on it.",
}
REVIEW_IN_A_DOCUMENT = {
    "agencies-1": "Youth justice and police since June; school throughout.",
    "assessing-1": "School knew the child best, and we asked school too late.\n\n- strong at art\n- worried "
    "about travel",
    "planning-1": "Two meetings, and an e-mail after each. No dates at first.",
    "delivery-1": "Reparation at the allotment. The child went on after it ended.",
    "help-and-hindrance-2": "Three changes of case manager in five months.",
    "learning-2": "No change of case manager without a meeting with the child; the head of service leads on it.",
}
DISCUSSION_NOTES = "School described the weeks before the order, which are in no record. Everybody had read the review."
DISCUSSION_ADDED = (
    "The therapist told how the plan was changed for the child's language needs. The record does not show it."
)
DISCUSSION_FINDING = "Agencies write one plan, with a name and a date at each line"
ATTENDED = {
    "youth-justice": (2, "Case manager, team manager"),
    "social-care": (1, "Social worker"),
    "police": (1, "Officer of the youth team"),
    "health": (1, "Speech and language therapist"),
    "education": (1, "Head of year"),
}
