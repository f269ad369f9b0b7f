"use strict";
// "what does not hold": hide the rows that succeeded, and the sections that have no other.
for (const choice of document.querySelectorAll('input[name="shown"]')) {
  choice.addEventListener("change", () => {
    const failed = choice.value === "failed";
    for (const sign of document.querySelectorAll(".hide-succeeded-validation-target-child")) {
      sign.closest("tr").hidden = failed;
    }
    for (const table of document.querySelectorAll(".hide-succeeded-validations-column-section-target-child")) {
      table.closest(".ge-section").hidden = failed;
    }
  });
}
