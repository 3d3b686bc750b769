// The reader's questions, kept in this browser alone: the server is told one when it is asked again.
const KEY = "caselib.questions";
const MOST = 10;

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(found) ? found.filter((one) => typeof one === "string" && one) : [];
  } catch {
    return [];
  }
}

function keep(questions) {
  try {
    if (questions.length) localStorage.setItem(KEY, JSON.stringify(questions.slice(0, MOST)));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing, as in a private window: then there is no history.
  }
}

function button(text, name, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.dir = "auto";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".history");
  const draw = () => {
    const questions = data.shown ? kept().slice(0, MOST) : [];
    root.replaceChildren();
    root.hidden = !questions.length;
    if (!questions.length) return;
    const heading = document.createElement("h2");
    heading.className = "subheading";
    heading.textContent = data.heading;
    const list = document.createElement("ul");
    for (const question of questions) {
      const item = document.createElement("li");
      item.append(button(question, "again", () => setTriggerValue("again", question)));
      list.append(item);
    }
    const note = document.createElement("p");
    note.className = "small";
    note.append(data.note + " ", button(data.forget, "forget", () => { keep([]); draw(); }));
    root.append(heading, list, note);
  };
  if (data.asked) keep([data.asked, ...kept().filter((one) => one !== data.asked)]);
  draw();
}
