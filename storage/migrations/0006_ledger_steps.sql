-- Which step of a problem's life a change was, and what was said with it (day, approver, reason).
ALTER TABLE problem_changes ADD COLUMN act TEXT NOT NULL DEFAULT '导入';
ALTER TABLE problem_changes ADD COLUMN note TEXT NOT NULL DEFAULT '';
